import { createYard, isRoot } from '../bubblewrap/yard.ts'
import { createBareHost } from '../isolate/bare-host.ts'
import { createIsolate, type Isolate } from '../isolate/create-isolate.ts'
import { describeIsolateHost } from '../isolate/isolate-interpreter.ts'
import { defaultLimits } from '../limits.ts'

/** As on a machine without bubblewrap. */
export function openBareIsolate(): Isolate {
  return createIsolate({
    limits: defaultLimits,
    children: 2,
    idleMs: 60_000,
    command: createBareHost(process.execPath, defaultLimits.memoryMegabytes),
  })
}

export function openLocalIsolate(): Isolate {
  const unused = (): never => {
    throw new Error('not asked for')
  }
  const yard = createYard({
    limits: defaultLimits,
    warm: 0,
    idleMs: 60_000,
    egress: undefined,
    interpreters: { python3: unused, nodejs: unused },
  })
  const host = describeIsolateHost(process.execPath, defaultLimits.memoryMegabytes, isRoot())
  return createIsolate({ limits: defaultLimits, children: 2, idleMs: 60_000, command: () => yard.command(host, { isLasting: true }) })
}
