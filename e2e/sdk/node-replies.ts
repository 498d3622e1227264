import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Json } from '../console.ts'
import { parseFrames } from '../frames.ts'

/** npm's client has this method, but its types lack it. */
export interface WorkflowRunner {
  runWorkflow(inputs: object, user: string, stream?: boolean): Promise<Json>
}

export async function readStream(stream: Readable): Promise<Json[]> {
  return parseFrames(await text(stream))
}

/** A failure as axios tells it. Where a stream was asked for, the body of its refusal comes as a stream too. */
export async function rejects(request: Promise<unknown>, status: number, code: string): Promise<void> {
  const error: Json = await request.then(
    () => assert.fail(`answered in place of ${status} ${code}`),
    (reason: unknown) => reason,
  )
  assert.equal(error.isAxiosError, true, String(error))
  const { response } = error
  const body = response.data instanceof Readable ? JSON.parse(await text(response.data)) : response.data
  assert.equal(response.status, status, JSON.stringify(body))
  assert.equal(body.code, code, JSON.stringify(body))
  assert.equal(body.status, status)
  assert.ok(body.message.length > 0)
}
