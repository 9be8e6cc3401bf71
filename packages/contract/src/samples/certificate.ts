import { type GenerateResult, generate } from 'selfsigned'

/** A certificate for some hosts, with the authority that vouches for it; PEM. */
export interface Certificate {
  key: string
  cert: string
  /** What programs are told to trust. */
  authority: string
}

/** Makes a certificate that holds for a day, under an authority that vouches for nothing else. */
export async function createCertificate(hosts: readonly string[]): Promise<Certificate> {
  const authority = await make('samples of this run', [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ])
  const { private: key, cert } = await make(
    hosts[0] ?? '',
    [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
    authority,
  )
  return { key, cert, authority: authority.cert }
}

type Options = NonNullable<Parameters<typeof generate>[1]>

/** One day: nobody needs it longer, and what is trusted should not last. */
const day = 24 * 60 * 60 * 1000

function make(
  commonName: string,
  extensions: NonNullable<Options['extensions']>,
  authority?: GenerateResult,
): Promise<GenerateResult> {
  const now = Date.now()
  return generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // Clocks of programs may differ a little.
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + day),
    extensions,
    ...(authority && { ca: { key: authority.private, cert: authority.cert } }),
  })
}
