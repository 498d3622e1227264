import type { Dict, Value } from '@trellis/values'

/** Why a run waits for somebody. It is told to callers, and kept until somebody answers or its time is over. */
export interface PauseReason {
  readonly type: 'human-input'
  /** Rendered markdown; `{{#$output.name#}}` marks the places of the inputs. */
  readonly formContent: string
  /** The inputs as the node declares them. */
  readonly inputs: readonly Dict[]
  readonly actions: readonly HumanAction[]
  /** Defaults that came from variables, by output name. */
  readonly resolvedDefaults: Dict
  readonly timeoutMs: number
  readonly deliveryMethods: readonly Dict[]
}

export interface HumanAction {
  readonly id: string
  readonly title: string
  readonly buttonStyle: string
}

/** The answer to a pause. */
export type Submission =
  | { readonly type: 'submitted'; readonly actionId: string; readonly values: Readonly<Record<string, Value>> }
  | { readonly type: 'expired' }
