import { randomUUID } from 'node:crypto'
import { EncryptJWT, jwtDecrypt } from 'jose'
import { z } from 'zod'
import type { Config } from './config.ts'
import { type Channel, channels } from './record.ts'

const claims = z.object({ jti: z.string(), sub: z.coerce.number().int(), channel: z.enum(channels).default('email') })

/** What a link says: its id (`jti`), the contact whose it is (`sub`), and the channel that it can withdraw. */
export type Link = z.infer<typeof claims>

/** Makes and opens links, encrypted and authenticated: who holds one can neither read nor change it. */
export function createLinks({ LINK_KEYS, LINK_DAYS, PUBLIC_URL }: Config) {
  const [newest = ''] = LINK_KEYS.keys()
  const findKey = ({ kid = newest }) => LINK_KEYS.get(kid) ?? Promise.reject(new Error('unknown key'))
  return {
    /** The URL of a page for a contact: `preferences`, or `unsubscribe`, which can only withdraw the channel. */
    async make(page: string, contact: number, channel?: Channel): Promise<string> {
      const jwt = new EncryptJWT({ channel }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest })
      jwt.setAudience(page).setSubject(String(contact)).setJti(randomUUID()).setExpirationTime(`${LINK_DAYS} days`)
      return `${PUBLIC_URL}/${page}/${await jwt.encrypt(await findKey({}))}`
    },
    /** Reads the last part of a URL; `undefined` for all but a link to this page that is ours and still good. */
    async open(page: string, token: string): Promise<Link | undefined> {
      const opening = jwtDecrypt(token, findKey, { audience: page, requiredClaims: ['exp'] })
      return claims.safeParse((await opening.catch(() => undefined))?.payload).data
    },
  }
}
