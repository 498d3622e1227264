import type { Value } from '@trellis/values'
import type { VariableType } from '@trellis/variables'

/** A variable and where it stands. */
export interface PlacedVariable {
  /** A node's id, `sys` or `conversation`. */
  readonly nodeId: string
  readonly name: string
  readonly type: VariableType
  readonly value: Value
}

/** Whose variables: each editor of an app has their own. */
export interface VariableOwner {
  readonly tenantId: string
  readonly appId: string
  readonly accountId: string
}
