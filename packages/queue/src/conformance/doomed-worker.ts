import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DatabaseOptions } from '@trellis/db'
import type { JobDefinition } from '@trellis/spec'

/** How a process reaches the jobs: JSON, because it travels on a command line. */
export type DoomedWorkerBackend =
  | { readonly type: 'database'; readonly database: DatabaseOptions; readonly leaseMs: number }
  | { readonly type: 'bullmq'; readonly url: string; readonly isCluster?: boolean; readonly keyPrefix: string; readonly leaseMs: number }

export interface DoomedWorkerTask {
  readonly backend: DoomedWorkerBackend
  readonly name: string
  readonly queue: string
}

export interface DoomedWorker extends AsyncDisposable {
  readonly tookTheJob: Promise<void>
  /** No warning, no clean-up: the worker is gone. */
  kill(): void
}

/** A process of its own that takes a job and never ends it. */
export async function spawnDoomedWorker(backend: DoomedWorkerBackend, { name, queue }: JobDefinition): Promise<DoomedWorker> {
  const task: DoomedWorkerTask = { backend, name, queue }
  const script = fileURLToPath(new URL('./doomed-worker.main.ts', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const tookTheJob = new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`The doomed worker ended by itself (${code}).`)))
  })
  const kill = (): void => void child.kill('SIGKILL')
  return {
    tookTheJob,
    kill,
    async [Symbol.asyncDispose]() {
      kill()
      await exited
    },
  }
}
