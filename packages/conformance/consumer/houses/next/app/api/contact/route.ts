import { isApiError } from '@minimo/client'
import { minimo } from '../../../minimo'

export async function GET(request: Request): Promise<Response> {
  const email = new URL(request.url).searchParams.get('email') ?? ''
  try {
    const { id } = await minimo.contacts.getByEmail(email)
    return Response.json({ id })
  } catch (error) {
    if (!isApiError(error, 404)) throw error
    return Response.json({ message: 'Nobody has this e-mail' }, { status: 404 })
  }
}
