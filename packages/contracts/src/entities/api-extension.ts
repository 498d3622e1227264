import { z } from 'zod'
import { timestamp, uuid } from '../common/wire.ts'

const LONGEST_NAME = 255
const LONGEST_ADDRESS = 2_000
const SHORTEST_KEY = 5
const LONGEST_KEY = 2_000

/** What a person says of an extension (plugins-and-models 10). */
export const apiExtensionInputSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'An extension needs a name.')
    .max(LONGEST_NAME, `The name of an extension takes at most ${LONGEST_NAME} characters.`),
  /** Called with POST. */
  api_endpoint: z
    .string()
    .trim()
    .max(LONGEST_ADDRESS, `The address takes at most ${LONGEST_ADDRESS} characters.`)
    .refine(isWebAddress, 'Give the whole address, such as https://example.com/dify.'),
  /** Sent as bearer token. Of one that stands already, `[__HIDDEN__]` or its mask keeps the key. */
  api_key: z
    .string()
    .trim()
    .min(SHORTEST_KEY, `The API key takes at least ${SHORTEST_KEY} characters.`)
    .max(LONGEST_KEY, `The API key takes at most ${LONGEST_KEY} characters.`)
    .regex(/^[\x21-\x7e]+$/, 'The API key takes letters, digits and signs of ASCII, and no spaces: it goes into a header.'),
})
export type ApiExtensionInput = z.infer<typeof apiExtensionInputSchema>

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:')
}

/** A server of the workspace's own that apps ask: to moderate, or for data. */
export const apiExtensionSchema = z.object({
  id: uuid,
  name: z.string(),
  api_endpoint: z.string(),
  /** Masked. */
  api_key: z.string(),
  created_at: timestamp,
})
export type ApiExtension = z.infer<typeof apiExtensionSchema>

/** An app that asks an extension, in its draft or as callers have it. */
export const apiExtensionUserSchema = z.object({
  app_id: uuid,
  name: z.string(),
  mode: z.enum(['completion', 'chat', 'agent-chat', 'advanced-chat', 'workflow']),
})
export type ApiExtensionUser = z.infer<typeof apiExtensionUserSchema>
