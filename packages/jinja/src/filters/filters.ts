import { define } from '../objects/signature.ts'
import { isTruthy } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Builtin } from '../run.ts'
import { collectionFilters } from './collections.ts'
import { mappingFilters } from './mapping.ts'
import { numberFilters } from './numbers.ts'
import { textFilters } from './text.ts'

const fallback = define('do_default', ['value', ['default_value', ''], ['boolean', false]], (run, value, otherwise, countsFalse) =>
  value instanceof Undefined || (isTruthy(countsFalse, run) && !isTruthy(value, run)) ? otherwise : value,
)

/** Jinja's filters by their names. */
export const filters: ReadonlyMap<string, Builtin> = new Map([
  ...numberFilters,
  ...collectionFilters,
  ...mappingFilters,
  ...textFilters,
  ['default', fallback] as const,
  ['d', fallback] as const,
])
