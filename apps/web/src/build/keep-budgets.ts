import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'
import { judgePage, type PageBudget } from './page-budgets.ts'

/** Stands in the output where a page has grown over its budget, and tells what it takes. `scripts/lib/builds.mjs` judges by it. */
export const OVER_BUDGET = '.trellis-over-budget'

/**
 * Measures what was built by gzip: what a browser takes over plain http. A page over its budget is no fault of the output, which works:
 * whoever asked for it decides whether that is to stop them.
 */
export function keepBudgets(budgets: readonly PageBudget[]): Plugin {
  return {
    name: 'keep-budgets',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const chunks = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk' ? [{ ...chunkOf(output), bytes: gzipSync(output.code, { level: 9 }).length }] : [],
      )
      const faults = budgets.flatMap((budget) => judgePage(chunks, budget) ?? [])
      if (dir && faults.length > 0) await writeFile(join(dir, OVER_BUDGET), faults.join('\n\n'))
    },
  }
}

const chunkOf = ({ fileName, facadeModuleId, moduleIds, imports }: Rolldown.OutputChunk) => ({
  fileName,
  facadeModuleId,
  moduleIds,
  imports,
})
