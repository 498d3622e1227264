import { listVariables, type Variable, type VariableName } from './environment.ts'

/** Something that keeps the process from starting. */
export interface Fault {
  readonly variable: VariableName
  /** What was given, quoted; never the value of a secret. */
  readonly given: string
  readonly meaning: string
  /** What would be right, in whole sentences. */
  readonly remedy: string
}

/** Something that is probably not meant so. */
export interface Warning {
  readonly variable: string
  readonly message: string
}

export interface Findings {
  readonly faults: readonly Fault[]
  readonly warnings: readonly Warning[]
  /** One fault a variable: the first says enough. */
  fault(variable: VariableName, remedy: string): void
  warn(variable: string, message: string): void
}

export function createFindings(env: Readonly<Record<string, string | undefined>>): Findings {
  const variables = new Map<VariableName, Variable>(listVariables().map((variable) => [variable.name, variable]))
  const faults = new Map<VariableName, Fault>()
  const warnings: Warning[] = []
  return {
    get faults() {
      return [...faults.values()]
    },
    warnings,
    fault(variable, remedy) {
      const declaration = variables.get(variable)
      if (!declaration || faults.has(variable)) return
      faults.set(variable, {
        variable,
        given: showGiven(env[variable], declaration.secret === true),
        meaning: declaration.description,
        remedy,
      })
    },
    warn(variable, message) {
      warnings.push({ variable, message })
    },
  }
}

function showGiven(value: string | undefined, isSecret: boolean): string {
  if (value === undefined) return '(not set)'
  if (isSecret) return `(${value.length} characters, not shown)`
  return JSON.stringify(value.length > 120 ? `${value.slice(0, 120)}…` : value)
}

/** All faults as one text for a terminal. */
export function renderFaults(faults: readonly Fault[]): string {
  const head = faults.length === 1 ? 'One setting is not right:' : `${faults.length} settings are not right:`
  const blocks = faults.map((fault) => `  ${fault.variable} = ${fault.given}\n    ${fault.meaning}\n    ${fault.remedy}`)
  return [head, ...blocks].join('\n\n')
}
