import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { Failure, signalExitCode } from './report.mjs'

/** npm passes on the Ctrl-C that the terminal has sent to us as well: within this time the same signal is one signal. */
const SAME_SIGNAL_MS = 250

/**
 * Runs a command in the foreground and returns its exit code. Signals that reach us reach it.
 * `onOutput` gets what it writes, where that is not to go out at once; `niceness` (1 to 19) has it, and all that it starts, stand back for others.
 */
export async function runToEnd(command, parameters, { onOutput, niceness, ...options } = {}) {
  const child = spawn(command, parameters, { stdio: onOutput ? ['inherit', 'pipe', 'pipe'] : 'inherit', ...options })
  if (niceness && child.pid) setPriority(child.pid, niceness)
  if (onOutput) for (const stream of [child.stdout, child.stderr]) stream.on('data', onOutput)
  const stopForwarding = forwardSignals(child)
  const { code, signal } = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Failure(`Could not run ${command}: ${error.message}`)))
    child.on(onOutput ? 'close' : 'exit', (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal }))
  })
  stopForwarding()
  return signal ? signalExitCode(signal) : (code ?? 1)
}

/** Passes the signals that end a process on to the child. The returned function stops that and tells which signal had come. */
export function forwardSignals(child) {
  let received
  let receivedAt = Number.NEGATIVE_INFINITY
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const handler = () => {
      const now = performance.now()
      const isRepeated = received === signal && now - receivedAt < SAME_SIGNAL_MS
      received = signal
      receivedAt = now
      // A terminal's Ctrl-C has reached the child already: it signals the whole foreground group.
      if (isRepeated || (signal === 'SIGINT' && process.stdin.isTTY)) return
      child.kill(signal)
    }
    process.on(signal, handler)
    return [signal, handler]
  })
  const stopWatching = whenRunnerIsGone(() => {
    received = 'SIGTERM'
    child.kill('SIGTERM')
  })
  return () => {
    stopWatching()
    for (const [signal, handler] of handlers) process.off(signal, handler)
    return received
  }
}

/** npm passes a signal to the shell in between, which dies of it and tells us nothing: under npm, a new parent means that we are to end. */
function whenRunnerIsGone(act) {
  if (!process.env.npm_lifecycle_event) return () => {}
  const runner = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === runner) return
    clearInterval(timer)
    act()
  }, 500)
  timer.unref()
  return () => clearInterval(timer)
}
