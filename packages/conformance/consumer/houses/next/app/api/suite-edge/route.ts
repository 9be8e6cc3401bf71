export { POST } from '../suite/route'

export const runtime = 'edge'
