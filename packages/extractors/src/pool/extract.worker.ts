import { parentPort } from 'node:worker_threads'
import { ExtractionError } from '@trellis/spec'
import { extractDocument } from '../extract-document.ts'
import type { ExtractionAnswer, ExtractionTask } from './worker-messages.ts'

// The script of a worker thread: one task at a time, one answer each.
parentPort?.on('message', async (task: ExtractionTask) => {
  parentPort?.postMessage(await answer(task))
})

// What a library leaves behind after a document that it gave up is no reason to end the thread: the task has its answer, or its time limit.
process.on('unhandledRejection', () => {})

async function answer({ input, limits }: ExtractionTask): Promise<ExtractionAnswer> {
  try {
    return { type: 'done', document: await extractDocument(input, limits) }
  } catch (error) {
    if (!ExtractionError.is(error)) throw error
    const { failure, message, cause } = error
    return { type: 'failed', failure, message, ...(cause instanceof Error ? { cause: cause.stack ?? cause.message } : {}) }
  }
}
