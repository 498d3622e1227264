import type { CodeCall, CodeLimits, CodeOutcome, SandboxFailureKind } from '@trellis/spec'

/** A program that means harm, and what becomes of it. */
export interface Attack {
  /** What is tried. */
  readonly tries: string
  readonly language: CodeCall['language']
  readonly code: string
  readonly limits?: Partial<CodeLimits>
  /** Refused with this kind and these words ... */
  readonly fails?: { readonly kind: SandboxFailureKind; readonly message: RegExp }
  /** ... or allowed to end, with a result that shows that it reached nothing. */
  readonly comesTo?: unknown
}

/** What the attacks are told of the server: a socket that it listens on, its process, a file and a variable of it. */
export interface Target {
  readonly port: number
  readonly processId: number
  readonly file: string
  readonly secret: string
}

/** How the outcome reads in the title of a test. */
export function describeFate({ fails, comesTo }: Attack): string {
  return fails ? `fails as ${fails.kind}: ${fails.message.source}` : `comes to ${JSON.stringify(comesTo)}`
}

/** Undefined where the outcome is what the attack must come to, else what it was instead. */
export function findBreach({ fails, comesTo }: Attack, outcome: CodeOutcome): string | undefined {
  if (fails) {
    if (outcome.ok) return `it succeeded with ${outcome.resultJson.slice(0, 500)}`
    const isRight = outcome.error.kind === fails.kind && fails.message.test(outcome.error.message)
    return isRight ? undefined : `${outcome.error.kind}: ${outcome.error.message}`
  }
  if (!outcome.ok) return `${outcome.error.kind}: ${outcome.error.message}`
  const result = JSON.stringify(JSON.parse(outcome.resultJson))
  return result === JSON.stringify(comesTo) ? undefined : `it came to ${result.slice(0, 500)}`
}
