import type { HeldCommand, Yard } from '../bubblewrap/yard.ts'
import { createBareHost } from './bare-host.ts'
import { describeIsolateHost } from './isolate-interpreter.ts'

export interface IsolateHostOptions {
  readonly nodePath: string
  readonly memoryMegabytes: number
  readonly yard: Yard
  readonly switchesUser: boolean
}

export interface IsolateHost {
  /** @throws where isolated-vm cannot be found */
  command(): HeldCommand
  /** What holds the child in, as far as is known. */
  description(): string
}

/** Starts children of the fast path behind bubblewrap where it is there, else under Node's own permissions. */
export function createIsolateHost({ nodePath, memoryMegabytes, yard, switchesUser }: IsolateHostOptions): IsolateHost {
  let interpreter: ReturnType<typeof describeIsolateHost> | undefined
  let bare: ReturnType<typeof createBareHost> | undefined
  return {
    command() {
      interpreter ??= describeIsolateHost(nodePath, memoryMegabytes, switchesUser)
      if (!bare) {
        try {
          return yard.command(interpreter, { isLasting: true })
        } catch {
          // No bubblewrap here: its own runner says so to whoever needs more than isolates.
          bare = createBareHost(nodePath, memoryMegabytes)
        }
      }
      return bare()
    },
    description: () => (bare ? 'a process without permissions' : 'a process in namespaces of its own'),
  }
}
