import cluster from 'node:cluster'
import type { Logger } from '@trellis/spec'
import { waitForShutdown } from './shutdown.ts'

const RESTART_DELAY_MS = 1000

/** This process only starts others and keeps them alive (`SERVER_WORKER_AMOUNT`). */
export const mustFork = (role: string, processes: number): boolean => role === 'api' && processes > 1 && cluster.isPrimary

/**
 * Runs several processes that share the port. One that dies is replaced; one that never got up ends all, since the next would not
 * either. Resolves with the exit code when all have stopped.
 */
export async function runProcesses(count: number, logger: Logger): Promise<number> {
  let isStopping = false
  let exitCode = 0
  const started = new Set<number>()
  const stopAll = (): void => {
    isStopping = true
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM')
  }
  const allGone = new Promise<void>((resolve) => {
    cluster.on('listening', (worker) => started.add(worker.id))
    cluster.on('exit', (worker, code, signal) => {
      if (isStopping) {
        if (Object.keys(cluster.workers ?? {}).length === 0) resolve()
      } else if (started.has(worker.id)) {
        logger.error({ code, signal }, 'A server process died and is replaced')
        setTimeout(() => isStopping || cluster.fork(), RESTART_DELAY_MS)
      } else {
        exitCode = code || 1
        stopAll()
        if (Object.keys(cluster.workers ?? {}).length === 0) resolve()
      }
    })
  })
  for (let index = 0; index < count; index++) cluster.fork()
  void waitForShutdown({ logger }).then(stopAll)
  await allGone
  return exitCode
}
