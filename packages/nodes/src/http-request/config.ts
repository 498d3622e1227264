import { z } from 'zod'
import { selectorSchema, textSchema } from '../node-data.ts'

/** The data of an HTTP node (workflow spec 2.18). */

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

const authorization = z.looseObject({
  type: z.enum(['no-auth', 'api-key']),
  config: z
    .looseObject({ type: z.enum(['basic', 'bearer', 'custom']).nullish(), api_key: textSchema, header: textSchema })
    .nullish()
    .catch(null),
})
export type Authorization = z.infer<typeof authorization>

const bodyItem = z.looseObject({
  key: textSchema,
  type: z.enum(['text', 'file']),
  value: textSchema,
  file: selectorSchema.default([]),
})
export type BodyItem = z.infer<typeof bodyItem>

/** Older files hold one text, or nothing. */
const bodyItems = z.preprocess((data) => {
  if (typeof data === 'string' && data !== '') return [{ type: 'text', value: data }]
  return data || []
}, z.array(bodyItem))

const body = z.looseObject({
  type: z.enum(['none', 'form-data', 'x-www-form-urlencoded', 'raw-text', 'json', 'binary']),
  data: bodyItems,
})
export type Body = z.infer<typeof body>

/** Seconds; 0 and nothing are the configured ones. */
const seconds = z.number().nullish().catch(null)

export const httpRequestSchema = z.looseObject({
  method: z.string().toUpperCase().pipe(z.enum(methods)),
  url: textSchema,
  authorization: authorization.nullish().transform((given): Authorization => given ?? { type: 'no-auth' }),
  headers: textSchema,
  params: textSchema,
  body: body.nullish(),
  timeout: z.looseObject({ connect: seconds, read: seconds, write: seconds }).nullish(),
  ssl_verify: z.boolean().nullish(),
})
export type HttpRequestConfig = z.infer<typeof httpRequestSchema>
