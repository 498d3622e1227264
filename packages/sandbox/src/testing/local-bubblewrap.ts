import type { CodeLimits } from '@trellis/spec'
import { type Bubblewrap, createBubblewrap } from '../bubblewrap/create-bubblewrap.ts'
import { findPython } from '../bubblewrap/find-python.ts'
import { describeNode, describePython } from '../bubblewrap/interpreter.ts'
import { createSandboxEgress, type SandboxEgressOptions } from '../bubblewrap/sandbox-egress.ts'
import { createYard } from '../bubblewrap/yard.ts'
import { defaultLimits } from '../limits.ts'

interface LocalOptions {
  readonly limits?: Partial<CodeLimits>
  readonly network?: SandboxEgressOptions
}

export function openLocalBubblewrap(options: LocalOptions = {}): Bubblewrap & { readonly close: () => Promise<void> } {
  const limits = { ...defaultLimits, ...options.limits }
  const yard = createYard({
    limits,
    warm: 1,
    idleMs: 60_000,
    egress: options.network ? createSandboxEgress(options.network) : undefined,
    interpreters: {
      python3: ({ switchesUser }) => describePython(findPython(), undefined, switchesUser),
      nodejs: async ({ switchesUser }) => describeNode(process.execPath, undefined, switchesUser),
    },
  })
  return { ...createBubblewrap({ yard, limits, concurrency: 4, allowsNetwork: options.network !== undefined }), close: yard.close }
}

/** Why bubblewrap cannot be tried here; told aloud, so that a skipped suite is seen. */
export async function whyNoBubblewrap(): Promise<string | undefined> {
  const bubblewrap = openLocalBubblewrap()
  try {
    await bubblewrap.check('python3')
    await bubblewrap.check('nodejs')
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    console.warn(`Skipped: what runs code by bubblewrap. ${reason}`)
    return reason
  } finally {
    await bubblewrap.close()
  }
}
