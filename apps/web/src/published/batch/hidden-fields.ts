import type { FormVariable } from '../../features/app/user-input-form.ts'
import { initialValues, toInputs } from '../../features/form/form-values.ts'
import type { BatchRow } from './batch-sheet.ts'

/** Fields that nobody fills in stand in no file: each row has their defaults, or what was passed in, as a single run has. */
export function withHiddenFields(rows: readonly BatchRow[], variables: readonly FormVariable[]): readonly BatchRow[] {
  const hidden = variables.filter((variable) => variable.rest['hide'] === true)
  const inputs = toInputs(hidden, initialValues(hidden))
  return rows.map((row) => ({ ...row, inputs: { ...inputs, ...row.inputs } }))
}
