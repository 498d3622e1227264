import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { rules } from './rules.ts'

/** One import that a rule forbids; paths from the cruised folder. */
export interface Violation {
  readonly rule: string
  readonly from: string
  readonly to: string
}

export interface CruiseOutcome {
  /** Our own modules that were really read, from the cruised folder. */
  readonly modules: readonly string[]
  readonly violations: readonly Violation[]
}

/** Reads all imports below `folders` of `baseDir` and judges them by our rules. */
export async function cruiseFolder(baseDir: string, folders: readonly string[]): Promise<CruiseOutcome> {
  const { output } = await cruise(
    [...folders],
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: [...rules] },
      // Imports of types count too: they tie packages together as well.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: ['(^|/)dist/', '(^|/)tools/boundaries/canary/.*\\.md$'] },
    },
    {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  )
  // Without an output type dependency-cruiser answers with its result object; its type says "string or object".
  const result = output as ICruiseResult
  return {
    modules: result.modules.filter(({ coreModule, couldNotResolve }) => !coreModule && !couldNotResolve).map(({ source }) => source),
    violations: result.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  }
}
