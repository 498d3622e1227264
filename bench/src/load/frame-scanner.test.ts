import { expect, it } from 'vitest'
import { createFrameScanner } from './frame-scanner.ts'

function scanAll(chunks: readonly string[], textKey = 'answer') {
  const seen = { texts: [] as number[], stamps: [] as number[], failures: [] as string[] }
  const scan = createFrameScanner(textKey, true, {
    onText: (characters) => seen.texts.push(characters),
    onStamp: (sentAt) => seen.stamps.push(sentAt),
    onFailure: (frame) => seen.failures.push(frame),
  })
  for (const chunk of chunks) scan(chunk)
  return seen
}

const stream =
  'event: ping\n\n' +
  'data: {"event":"message","id":"t1","answer":"t10 "}\n\n' +
  'data: {"event":"message","answer":"t11 t12 ","id":"t2"}\n\n' +
  'data: {"event":"message_end","metadata":{}}\n\n'

it('finds texts and stamps, several in a frame as well', () => {
  expect(scanAll([stream])).toEqual({ texts: [4, 8], stamps: [36, 37, 38], failures: [] })
})

it('finds the same wherever the bytes are cut', () => {
  const whole = scanAll([stream])
  for (const size of [1, 2, 7, 50]) {
    const chunks = stream.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    expect(scanAll(chunks)).toEqual(whole)
  }
})

it('does not take an empty delta, such as the one that names the role, for text', () => {
  expect(scanAll(['data: {"choices":[{"delta":{"role":"assistant","content":""}}]}\n\n'], 'content').texts).toEqual([])
})

it('reports failures told within the stream, on either wire', () => {
  const dify = 'data: {"event":"error","code":"completion_request_error"}'
  const openai = 'data: {"error":{"message":"no"}}'
  expect(scanAll([`${dify}\n\n${openai}\n\n`]).failures).toEqual([dify, openai])
})
