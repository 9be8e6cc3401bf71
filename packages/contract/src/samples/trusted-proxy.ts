import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCertificate } from './certificate.ts'
import { createWorkplace, type Workplace } from './run-sample.ts'
import { type Answer, startProxy } from './start-proxy.ts'

/** Where programs run, and how they are told of what answers them. */
export interface TrustedProxy {
  workplace: Workplace
  /** The environment variables that lead programs to the proxy and have them trust it, each as it knows them. */
  environment: Readonly<Record<string, string>>
  /** Stops it and removes the folder. */
  close(): Promise<void>
}

/** Starts what answers in the place of the hosts of some URLs, and a folder for programs that trust it. */
export async function startTrustedProxy(urls: readonly string[], answer: Answer): Promise<TrustedProxy> {
  const origins = [...new Set(urls.map((url) => new URL(url).origin))]
  const secure = origins.filter((origin) => origin.startsWith('https:'))
  const certificate = await createCertificate(secure.map((origin) => new URL(origin).host))
  const workplace = await createWorkplace(fileURLToPath(new URL('../../node_modules', import.meta.url)))
  const authorityFile = join(workplace.folder, 'authority.pem')
  await writeFile(authorityFile, certificate.authority)
  const proxy = await startProxy(origins, certificate, answer)
  return {
    workplace,
    environment: {
      HTTPS_PROXY: proxy.url,
      // Lower case, the only one that curl reads for plain HTTP.
      http_proxy: proxy.url,
      no_proxy: '',
      CURL_CA_BUNDLE: authorityFile,
      REQUESTS_CA_BUNDLE: authorityFile,
      NODE_EXTRA_CA_CERTS: authorityFile,
      NODE_USE_ENV_PROXY: '1',
    },
    async close() {
      await proxy.close()
      await workplace.remove()
    },
  }
}
