import { realpathSync } from 'node:fs'
import { reachableCopy, reachablePackages } from '../bubblewrap/reachable-copy.ts'
import { createUsers } from '../bubblewrap/users.ts'
import type { HeldCommand } from '../bubblewrap/yard.ts'
import { findIsolatedVm, isolateParameters } from './isolate-interpreter.ts'

/**
 * Where no bubblewrap is: Node's own permissions (no files but isolated-vm's, no processes, no workers), an empty environment and, where
 * we may choose, another user. Weaker than walls of the system, and enough for isolates, in which code has no word for anything outside.
 */
export function createBareHost(nodePath: string, memoryMegabytes: number): () => HeldCommand {
  const users = process.getuid?.() === 0 ? createUsers() : undefined
  const found = findIsolatedVm()
  const packages = [found.isolatedVm, found.loader].map((path) => realpathSync(path))
  const program = users ? reachableCopy(realpathSync(nodePath)) : realpathSync(nodePath)
  const [isolatedVm, loader] = users ? reachablePackages(packages) : packages
  return () => {
    const user = users?.take()
    return {
      program,
      parameters: [
        '--permission',
        '--allow-addons',
        `--allow-fs-read=${isolatedVm}`,
        `--allow-fs-read=${loader}`,
        // The loader looks whether this file is there, to choose a binary.
        '--allow-fs-read=/etc/alpine-release',
        `--max-old-space-size=${memoryMegabytes}`,
        ...isolateParameters(`${isolatedVm}/`, memoryMegabytes),
      ],
      user,
      systemCallFilter: Buffer.alloc(0),
      release: () => (user === undefined ? undefined : users?.giveBack(user)),
    }
  }
}
