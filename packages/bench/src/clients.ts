import type { paths } from '@minimo/api-types'
import { createMinimoClient } from '@minimo/client'
import { request } from '@octokit/request'
import axios, { type AxiosAdapter } from 'axios'
import ky from 'ky'
import { createFetch } from 'ofetch'
import OpenAI from 'openai'
import createClient from 'openapi-fetch'
import { apiKey, authorization, body } from './exchange.ts'

/** A client that is measured: how it makes the one call, and what it does without being told to. */
export interface MeasuredClient {
  name: string
  /** How often it repeats this call (a PUT) by itself. */
  retries: string
  /** How long it waits for an answer. */
  timeout: string
  /** Makes the call and gives the parsed answer. */
  call: () => Promise<unknown>
}

type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>

/** All clients, each making the same PUT with the same key and body through the same `fetch`. */
export function createClients(fetch: Fetch, baseUrl: string): MeasuredClient[] {
  const headers = { authorization }
  const jsonHeaders = { ...headers, 'content-type': 'application/json' }
  const path = '/public/v1/contacts/42'
  const minimo = createMinimoClient({ apiKey, baseUrl, fetch })
  const openapi = createClient<paths>({ baseUrl, headers, fetch })
  const kyClient = ky.create({ prefix: baseUrl, headers, fetch })
  const axiosClient = axios.create({ baseURL: baseUrl, headers, adapter: createAdapter(fetch) })
  const ofetch = createFetch({ fetch, defaults: { baseURL: baseUrl, headers } })
  const octokit = request.defaults({ baseUrl, headers, request: { fetch } })
  const openai = new OpenAI({ apiKey, baseURL: baseUrl, fetch })
  const openapiInit = { params: { path: { id: 42 } }, body }
  return [
    client('by hand', 'none, 30 s', async () => {
      const signal = AbortSignal.timeout(30_000)
      const init = { method: 'PUT', headers: jsonHeaders, body: JSON.stringify(body), signal }
      const response = await fetch(`${baseUrl}${path}`, init)
      if (!response.ok) throw new Error(`${response.status}`)
      return response.json()
    }),
    client('openapi-fetch', 'none', async () => (await openapi.PUT('/public/v1/contacts/{id}', openapiInit)).data),
    client('@minimo/client', '2, 30 s', () => minimo.contacts.update(42, body)),
    client('ky', '2, 10 s', () => kyClient.put(path.slice(1), { json: body }).json()),
    client('axios', 'none', async () => (await axiosClient.put(path, body)).data),
    client('ofetch', 'none', () => ofetch(path, { method: 'PUT', body })),
    client('@octokit/request', 'none', async () => (await octokit(`PUT ${path}`, body)).data),
    client('openai', '2, 600 s', () => openai.put(path, { body })),
  ]
}

/** `defaults` is how often it retries and for how long it waits, or `none`. */
function client(name: string, defaults: string, call: MeasuredClient['call']): MeasuredClient {
  const [retries = 'none', timeout = 'none'] = defaults.split(', ')
  return { name, retries, timeout, call }
}

/** The least that axios can be given in place of its own adapter: the answer as text, which axios parses. */
const createAdapter =
  (fetch: Fetch): AxiosAdapter =>
  async (config) => {
    const { method = '', url = '', baseURL = '', data, headers } = config
    const response = await fetch(baseURL + url, {
      method: method.toUpperCase(),
      body: data,
      headers: headers.toJSON() as Record<string, string>,
    })
    const { status, statusText } = response
    return { data: await response.text(), status, statusText, headers: {}, config }
  }
