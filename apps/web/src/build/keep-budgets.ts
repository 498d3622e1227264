import type { Plugin, Rolldown } from 'vite'
import { judgePage, type PageBudget } from './page-budgets.ts'

export interface BudgetOptions {
  readonly budgets: readonly PageBudget[]
  /** What a script takes over the wire. */
  readonly bytesOf: (code: string) => number
  /** Leaves word of what is over its budget in the folder of the output. */
  readonly leaveWord: (folder: string, excess: string) => Promise<void>
}

/** A page over its budget is no fault of the output, which works: whoever had it built decides whether that is to stop them. */
export function keepBudgets({ budgets, bytesOf, leaveWord }: BudgetOptions): Plugin {
  return {
    name: 'keep-budgets',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const chunks = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk' ? [{ ...chunkOf(output), bytes: bytesOf(output.code) }] : [],
      )
      const excess = budgets.flatMap((budget) => judgePage(chunks, budget) ?? [])
      if (dir && excess.length > 0) await leaveWord(dir, excess.join('\n\n'))
    },
  }
}

const chunkOf = ({ fileName, facadeModuleId, moduleIds, imports }: Rolldown.OutputChunk) => ({
  fileName,
  facadeModuleId,
  moduleIds,
  imports,
})
