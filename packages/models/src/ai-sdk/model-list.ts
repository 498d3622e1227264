import { type Egress, ProviderError } from '@trellis/spec'
import { z } from 'zod'
import { toProviderError, toProviderErrorFromResponse } from './error.ts'

const errorBody = z.object({ error: z.object({ message: z.string() }) })

/**
 * Asks a provider's list of models: the cheapest question that needs a working key.
 * @throws ProviderError in the provider's own words
 */
export async function fetchModelList<List>(options: {
  readonly egress: Egress
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly schema: z.ZodType<List>
  readonly secrets: readonly string[]
  readonly signal: AbortSignal
}): Promise<List> {
  const { egress, url, headers, schema, secrets, signal } = options
  try {
    const response = await egress.request({ url, policy: 'model', headers, signal, maxResponseBytes: 4_000_000 })
    const body = await response.text()
    if (response.status >= 400) {
      const told = errorBody.safeParse(parseJson(body))
      const message = told.success ? told.data.error.message : ''
      throw toProviderErrorFromResponse({ status: response.status, headers: response.headers, body, message }, secrets)
    }
    const list = schema.safeParse(parseJson(body))
    if (list.success) return list.data
    throw new ProviderError('server-unavailable', 'The provider answered something that cannot be understood.', { cause: list.error })
  } catch (error) {
    throw toProviderError(error, signal, secrets)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
