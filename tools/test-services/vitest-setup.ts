import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startBroker } from './broker.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the socket at which test files ask for services. */
    testServices: string
  }
}

/** Nothing is started before a test file asks for it, and then once for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-test-'))
  const broker = await startBroker(join(folder, 'broker.sock'))
  project.provide('testServices', broker.path)
  return async () => {
    await broker.close()
    await rm(folder, { recursive: true, force: true })
  }
}
