import cluster, { type Worker } from 'node:cluster'
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
  const alive = new Set<Worker>()
  const serving = new Set<Worker>()
  const fork = (): void => {
    alive.add(cluster.fork())
  }
  const stopAll = (): void => {
    isStopping = true
    for (const worker of alive) worker.process.kill('SIGTERM')
  }
  const allGone = new Promise<void>((resolve) => {
    cluster.on('listening', (worker) => serving.add(worker))
    cluster.on('exit', (worker, code, signal) => {
      alive.delete(worker)
      const wasServing = serving.delete(worker)
      if (!isStopping && wasServing) {
        logger.error({ code, signal }, 'A server process died and is replaced')
        setTimeout(() => isStopping || fork(), RESTART_DELAY_MS)
      } else if (!isStopping) {
        exitCode = code || 1
        stopAll()
      }
      if (isStopping && alive.size === 0) resolve()
    })
  })
  for (let index = 0; index < count; index++) fork()
  void waitForShutdown({ logger }).then(stopAll)
  await allGone
  return exitCode
}
