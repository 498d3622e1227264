import type { ServerResponse } from 'node:http'
import type { FaultKind } from './behaviour.ts'
import { failMidStream, isMidStreamFault } from './faults.ts'

/** MPEG-1 Layer III, 128 kbit/s, 44.1 kHz, one channel: its header, and nothing but zeros, which is silence. */
const FRAME_BYTES = 417
const FRAME_MS = 26
const silentFrame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0xc4]), Buffer.alloc(FRAME_BYTES - 4)])

/** Speaks a text: about as long as a person would, without a sound. Some frames a chunk, so that it can be streamed; a fault of streams befalls it behind the first. */
export function sendSpeech(response: ServerResponse, text: string, fault: FaultKind | undefined): void {
  const frames = Math.max(8, Math.ceil((text.length * 60) / FRAME_MS))
  response.writeHead(200, { 'content-type': 'audio/mpeg' })
  for (let sent = 0; sent < frames; sent += 32) {
    response.write(Buffer.concat(Array.from({ length: Math.min(32, frames - sent) }, () => silentFrame)))
    if (!isMidStreamFault(fault)) continue
    failMidStream(response, fault)
    return
  }
  response.end()
}

/** What a form of a transcription holds, files told by name, type and size. */
export async function readForm(body: Buffer, contentType: string): Promise<Readonly<Record<string, unknown>>> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData()
  return Object.fromEntries(
    [...form].map(([name, value]) => [name, typeof value === 'string' ? value : { name: value.name, type: value.type, size: value.size }]),
  )
}
