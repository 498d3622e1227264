import { z } from 'zod'

/** Pieces of Dify's wire format that many routes share (service-api 0.3, 0.4). */
/** Any UUID-shaped id, in lower case from here on: Python's parser, which Dify's callers rely on, looks at neither version bits nor case. */
export const uuid = z.guid().toLowerCase()
/** Unix seconds. */
export const timestamp = z.number().int()
/** `true`/`false` in a query string. */
export const queryBoolean = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0', 'True', 'False'])])
  .transform((value) => value === true || value === 'true' || value === '1' || value === 'True')
export const queryInteger = (bounds: { min: number; max: number; default: number }) =>
  z.coerce.number<number | string>().int().min(bounds.min).max(bounds.max).default(bounds.default)
/** An optional cursor: the empty string means "absent". */
export const optionalCursor = z
  .union([z.literal(''), uuid])
  .nullish()
  .transform((value) => (value ? value : undefined))

/** A key of a response that may be unset: handlers may leave it out, the wire prints `null`. */
export const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().default(null)

/** A key for which absent and `null` both mean `fallback`. Stands in requests and in responses. */
export const orDefault = <T>(schema: z.ZodType<T, T>, fallback: T) =>
  z.codec(schema.nullish(), schema, { decode: (value) => value ?? fallback, encode: (value) => value })

/** JSON objects whose keys are the caller's. */
export const jsonObject = z.record(z.string(), z.unknown())

/** `user` where the route needs it (service-api 0.5). */
export const requiredUser = z.string({ error: 'Arg user must be provided.' }).min(1, 'Arg user must be provided.')
/** `user` elsewhere: absent, null and empty mean the shared anonymous end user. */
export const optionalUser = z
  .string()
  .nullish()
  .transform((value) => value || undefined)

export const success = z.object({ result: z.literal('success') })

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ page: z.number().int(), limit: z.number().int(), total: z.number().int(), has_more: z.boolean(), data: z.array(item) })
export const cursorOf = <T extends z.ZodType>(item: T) => z.object({ limit: z.number().int(), has_more: z.boolean(), data: z.array(item) })

export const appMode = z.enum(['completion', 'chat', 'agent-chat', 'advanced-chat', 'workflow'])
export type AppMode = z.infer<typeof appMode>
export const iconType = z.enum(['emoji', 'image', 'link'])
export const localizedText = z.object({ en_US: z.string(), zh_Hans: z.string().optional() })
export const modelType = z.enum(['llm', 'text-embedding', 'rerank', 'speech2text', 'moderation', 'tts'])
export type ModelType = z.infer<typeof modelType>
