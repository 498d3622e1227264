import { type Dict, getKey, isDict, str, type Value } from '@trellis/values'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { systemOutputs } from '../system-variables.ts'

const fields = z
  .array(z.looseObject({ name: z.string(), type: z.string().catch('string') }))
  .nullish()
  .transform((list) => list ?? [])

/**
 * Where a run begins that a call from outside starts (workflow spec 2.24). Whoever took the call puts it into the pool as
 * `webhook_data` under the node's name: `{method, headers, query_params, body, files}`, with bodies that are one thing as `{raw}`.
 */
export const triggerWebhookNode = defineNode(
  {
    type: 'trigger-webhook',
    executionClass: 'root',
    defaults: () => ({
      method: 'get',
      content_type: 'application/json',
      headers: [],
      params: [],
      body: [],
      async_mode: true,
      status_code: 200,
      response_body: '',
      webhook_url: '',
      webhook_debug_url: '',
    }),
    config: z.looseObject({ content_type: z.string().catch('application/json'), headers: fields, params: fields, body: fields }),
  },
  ({ nodeId, config, variables }) => {
    const data = variables.get([nodeId, 'webhook_data'])?.value ?? null
    const call: Dict = data !== null && isDict(data) ? data : {}
    const outputs: Record<string, Value> = {}
    const headers = part(call, 'headers')
    for (const { name } of config.headers) outputs[name.replaceAll('-', '_')] = findHeader(headers, name) ?? null
    const params = part(call, 'query_params')
    for (const { name } of config.params) outputs[name] = getKey(params, name) ?? null
    const body = part(call, 'body')
    const files = part(call, 'files')
    for (const { name, type } of config.body) {
      outputs[name] = readBody(config.content_type, body, name) ?? (type === 'file' ? getKey(files, name) : undefined) ?? null
    }
    return {
      status: 'succeeded',
      inputs: { webhook_data: call },
      outputs: { ...outputs, _webhook_raw: call, ...systemOutputs(variables) },
    }
  },
)

function part(call: Dict, name: string): Dict {
  const value = getKey(call, name) ?? null
  return value !== null && isDict(value) ? value : {}
}

/** As it is written, then with hyphens for underscores and the other way round, then in any case. */
function findHeader(headers: Dict, name: string): Value | undefined {
  const swapped = name.replace(/[-_]/g, (character) => (character === '-' ? '_' : '-'))
  const found = getKey(headers, name) ?? getKey(headers, swapped)
  if (found !== undefined) return found
  const wanted = [name.toLowerCase(), swapped.toLowerCase()]
  const key = Object.keys(headers).find((candidate) => wanted.includes(candidate.toLowerCase()))
  return key === undefined ? undefined : getKey(headers, key)
}

function readBody(contentType: string, body: Dict, name: string): Value | undefined {
  if (contentType === 'text/plain') return str(getKey(body, 'raw') ?? '')
  return contentType === 'application/octet-stream' ? getKey(body, 'raw') : getKey(body, name)
}
