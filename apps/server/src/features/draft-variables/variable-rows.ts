import { toFlag } from '@trellis/db'
import { newId } from '@trellis/kit'
import { type Dict, dumpJson, getKey, isDict, isList, parseJson, type Value } from '@trellis/values'
import type { VariableType } from '@trellis/variables'
import { shortenValue } from '../../http/compat/shorten-value.ts'
import type { DraftVariableRow, ShownVariableRow } from './draft-variables.repository.ts'
import type { LeftVariable } from './left-variables.ts'
import type { PlacedVariable, VariableOwner } from './placed-variable.ts'

/** What is shown of a value. */
export interface ShownValue {
  readonly value: Value
  /** Of values that are too large to be shown whole. */
  readonly whole: { readonly sizeBytes: number; readonly length: number | null } | undefined
}

/** A value as columns. */
export function toValueColumns(value: Value): Pick<DraftVariableRow, 'value' | 'preview'> {
  const text = dumpJson(value)
  const { value: shown, isShortened } = shortenValue(value)
  if (!isShortened) return { value: text, preview: null }
  return { value: text, preview: dumpJson({ value: shown, size_bytes: Buffer.byteLength(text), length: lengthOf(value) }) }
}

export function readShown({ value, preview }: Pick<ShownVariableRow, 'value' | 'preview'>): ShownValue {
  if (preview === null) return { value: value === null ? null : parseJson(value), whole: undefined }
  // Written above.
  const stored = parseJson(preview) as { readonly value: Value; readonly size_bytes: number; readonly length: number | null }
  return { value: stored.value, whole: { sizeBytes: stored.size_bytes, length: stored.length } }
}

function lengthOf(value: Value): number | null {
  if (typeof value === 'string') return value.length
  if (isList(value)) return value.length
  return isDict(value) ? Object.keys(value).length : null
}

export const toRow = (
  variable: LeftVariable,
  { owner, runId, now }: { readonly owner: VariableOwner; readonly runId: string | null; readonly now: number },
): DraftVariableRow => ({
  id: newId(),
  tenant_id: owner.tenantId,
  app_id: owner.appId,
  account_id: owner.accountId,
  node_id: variable.nodeId,
  name: variable.name,
  description: '',
  value_type: variable.type,
  ...toValueColumns(variable.value),
  original: null,
  visible: toFlag(variable.isVisible),
  editable: toFlag(variable.isEditable),
  run_id: runId,
  execution_id: variable.executionId,
  last_edited_at: null,
  created_at: now,
  updated_at: now,
})

export const toPlaced = (row: DraftVariableRow): PlacedVariable => ({
  nodeId: row.node_id,
  name: row.name,
  type: typeOf(row),
  value: parseJson(row.value),
})

// Rows are written from variables.
export const typeOf = ({ value_type: type }: Pick<DraftVariableRow, 'value_type'>): VariableType => type as VariableType

/** What a run left of a variable before somebody changed it. */
export const toOriginal = (row: DraftVariableRow): string => row.original ?? dumpJson({ type: row.value_type, value: parseJson(row.value) })

export function readOriginal(original: string): { readonly type: string; readonly value: Value } {
  // Written by `toOriginal`.
  const stored = parseJson(original) as Dict
  return { type: String(getKey(stored, 'type')), value: getKey(stored, 'value') ?? null }
}
