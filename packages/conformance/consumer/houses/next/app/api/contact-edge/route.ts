export { GET } from '../contact/route'

export const runtime = 'edge'
