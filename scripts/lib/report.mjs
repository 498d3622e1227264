// What the scripts say, and how they end: a newcomer reads sentences, never a stack trace.
import { constants } from 'node:os'

/** A failure that we understand: its message says what happened and what to do. */
export class Failure extends Error {}

const isPlain = !process.stderr.isTTY || process.env.NO_COLOR !== undefined
const prefix = isPlain ? '[trellis]' : '\u001b[2m[trellis]\u001b[0m'

/** Ends the line on which seconds tick, if there is one: what is said next begins on its own. */
let endOpenLine

export function say(text) {
  endOpenLine?.()
  console.error(`${prefix} ${text}`)
}

/** Announces work that takes a while; the returned function says how long it took. On a terminal the seconds tick meanwhile. */
export function startProgress(text) {
  const since = performance.now()
  const elapsed = () => `${Math.round((performance.now() - since) / 1000)} s`
  if (isPlain) {
    say(text)
    return () => say(`  done in ${elapsed()}`)
  }
  const draw = () => process.stderr.write(`\r${prefix} ${text} ${elapsed()}`)
  const timer = setInterval(draw, 1000)
  const finish = () => {
    clearInterval(timer)
    process.off('exit', finish)
    endOpenLine = undefined
    process.stderr.write('\n')
  }
  process.once('exit', finish)
  endOpenLine = finish
  draw()
  return finish
}

/** Runs a script's main function and turns whatever it throws into an explanation and exit code 1. */
export async function runMain(main) {
  try {
    await main()
  } catch (error) {
    say(error instanceof Failure ? error.message : (explainSystemError(error) ?? `Unexpected failure: ${error?.message ?? error}`))
    if (process.env.TRELLIS_DEBUG) console.error(error)
    process.exit(1)
  }
}

/** A sentence for the errors of the operating system that a first start may meet; undefined for all others. */
export function explainSystemError(error) {
  const where = error?.path ? `: ${error.path}` : ''
  switch (error?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk is full${where}. Free at least 2 GB and run the same command again: what was finished is kept.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `This folder is not writable${where} (${error.code}). Give your user the right to write there (it must not belong to root, for one), or clone into a folder of your own.`
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open on this machine. Raise the limit (`ulimit -n 4096`) and run the same command again.'
    default:
      return undefined
  }
}

/** The exit code by which a shell reports that a signal ended a process. */
export const signalExitCode = (signal) => 128 + (constants.signals[signal] ?? 0)

const askedToEnd = ['SIGHUP', 'SIGINT', 'SIGTERM'].map(signalExitCode)
const servers = ['all', 'api', 'worker', 'beat']

/** A sentence for a server that ended although nobody had asked it to; undefined for all other ends, and for commands, which speak for themselves. */
export function explainServerEnd(exitCode, words) {
  if (exitCode === 0 || askedToEnd.includes(exitCode) || (words.length > 0 && !servers.includes(words[0]))) return undefined
  if (exitCode === signalExitCode('SIGKILL')) {
    return 'The server was killed from outside, as systems do where memory runs out. Nothing that it had acknowledged is lost; start it again.'
  }
  return `The server has ended by itself, with exit code ${exitCode}. The lines above tell why.`
}
