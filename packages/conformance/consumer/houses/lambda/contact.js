// A function of AWS Lambda. The client is made once per instance; the key comes from the environment.
//   esbuild contact.js --bundle --platform=node --target=node20 --format=cjs --outfile=contact.cjs
//   esbuild contact.js --bundle --platform=node --target=node20 --format=esm --outfile=contact.mjs
import { createMinimoClient, isApiError } from '@minimo/client'

const minimo = createMinimoClient()

export const handler = async ({ email }) => {
  try {
    const { id } = await minimo.contacts.getByEmail(email)
    return { statusCode: 200, body: JSON.stringify({ id }) }
  } catch (error) {
    if (!isApiError(error, 404)) throw error
    return { statusCode: 404, body: JSON.stringify({ message: 'Nobody has this e-mail' }) }
  }
}
