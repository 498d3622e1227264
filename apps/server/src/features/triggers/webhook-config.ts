import { type Dict, toPlain } from '@trellis/values'
import { z } from 'zod'
import { refusalOfIssue } from '../../http/refusal-of-issue.ts'
import { TriggerConfigError } from './trigger-config-error.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const
export const contentTypes = [
  'application/json',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  'text/plain',
  'application/octet-stream',
] as const
export type WebhookContentType = (typeof contentTypes)[number]

const parameters = z
  .array(
    z.looseObject({
      name: z.string().min(1),
      type: z
        .string()
        .nullish()
        .transform((type) => type || 'string'),
      required: z
        .boolean()
        .nullish()
        .transform((required) => required ?? false),
    }),
  )
  .nullish()
  .transform((list) => list ?? [])

const lowered = z.string().toLowerCase()

/** A webhook node's data (workflow spec 2.24). */
const webhookNode = z.looseObject({
  method: lowered
    .pipe(z.enum(methods))
    .nullish()
    .transform((method) => method ?? 'get'),
  content_type: lowered
    .pipe(z.enum(contentTypes))
    .nullish()
    .transform((type) => type ?? 'application/json'),
  headers: parameters,
  params: parameters,
  body: parameters,
  status_code: z
    .number()
    .int()
    .min(200)
    .max(599)
    .nullish()
    .transform((status) => status ?? 200),
  response_body: z
    .string()
    .nullish()
    .transform((body) => body ?? ''),
})

export type WebhookConfig = z.output<typeof webhookNode>
export type WebhookParameter = WebhookConfig['body'][number]

/** @throws TriggerConfigError naming the field */
export function readWebhook(data: Dict): WebhookConfig {
  const parsed = webhookNode.safeParse(toPlain(data))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new TriggerConfigError(`${issue?.path.join('.')}: ${issue?.message}`, issue && refusalOfIssue(issue))
}
