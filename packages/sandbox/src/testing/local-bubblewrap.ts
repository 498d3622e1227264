import type { CodeLimits } from '@trellis/spec'
import { type Bubblewrap, createBubblewrap } from '../bubblewrap/create-bubblewrap.ts'
import { findPython } from '../bubblewrap/find-python.ts'
import { describeNode, describePython } from '../bubblewrap/interpreter.ts'
import { defaultLimits } from '../limits.ts'

const searchPath = process.env['PATH'] ?? ''

export function openLocalBubblewrap(limits: Partial<CodeLimits> = {}): Bubblewrap {
  return createBubblewrap({
    limits: { ...defaultLimits, ...limits },
    searchPath,
    concurrency: 4,
    warm: 1,
    idleMs: 60_000,
    interpreters: {
      python3: ({ switchesUser }) => describePython(findPython(searchPath), undefined, switchesUser),
      nodejs: async ({ switchesUser }) => describeNode(process.execPath, undefined, switchesUser),
    },
  })
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
