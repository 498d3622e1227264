import { z } from 'zod'

/** Where a host listens to what other processes ask of it. */
export const controlChannel = (hostId: string): string => `host:${hostId}`

const controlMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stop'), runId: z.string() }),
  z.object({ type: z.literal('follow'), runId: z.string(), offset: z.number().int() }),
])
export type ControlMessage = z.infer<typeof controlMessage>

/** Undefined for what this version does not know. */
export const readControlMessage = (text: string): ControlMessage | undefined => controlMessage.safeParse(JSON.parse(text)).data
