import { findProgram } from './host.ts'
import { type SystemCalls, systemCalls } from './system-calls.data.ts'

/** What the system must have for a child to be walled in. */
export interface Tools {
  readonly bubblewrap: string
  readonly prlimit: string
  readonly calls: SystemCalls
}

const remoteRemedy = 'Or name a remote sandbox with CODE_EXECUTION_ENDPOINT.'

/** @throws a sentence that says what is missing and what to do */
export function findTools(): Tools {
  if (process.platform !== 'linux') throw new Error(`bubblewrap, which isolates code, exists on Linux alone. ${remoteRemedy}`)
  const bubblewrap = findProgram('bwrap')
  if (!bubblewrap) throw new Error(`bubblewrap is not installed (on Debian and Ubuntu: apt-get install bubblewrap). ${remoteRemedy}`)
  const prlimit = findProgram('prlimit')
  if (!prlimit) throw new Error(`prlimit is not installed (on Debian and Ubuntu: apt-get install util-linux). ${remoteRemedy}`)
  const calls = systemCalls[process.arch]
  if (!calls) throw new Error(`There is no filter of system calls for ${process.arch}. ${remoteRemedy}`)
  return { bubblewrap, prlimit, calls }
}

/** Why a child did not come up, with what usually mends it. */
export function explainStart(reason: string): string {
  const advice = /uid map|namespace|Operation not permitted|Permission denied/i.test(reason)
    ? ' Allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1; in a container: a seccomp profile that lets them through).'
    : ''
  return `bubblewrap could not start an interpreter: ${reason.replace(/\.?$/, '.')}${advice} ${remoteRemedy}`
}
