import { isFloat, isInteger } from '@trellis/values'
import { filters } from './filters/filters.ts'
import { isLower, isUpper } from './objects/characters.ts'
import { compare, contains, isEqual } from './objects/compare.ts'
import { Dict } from './objects/dict.ts'
import { keyOf } from './objects/keys.ts'
import { Markup } from './objects/markup.ts'
import { operate } from './objects/operators.ts'
import { PyObject, type PyValue } from './objects/py-object.ts'
import { PyRange, Tuple } from './objects/sequences.ts'
import { define } from './objects/signature.ts'
import { str } from './objects/text.ts'
import { isNumberOrBoolean, iterateOrNothing, textOf } from './objects/types.ts'
import { Undefined } from './objects/undefined.ts'
import type { Builtin, Run } from './run.ts'

const remainderIs =
  (wanted: number) =>
  (run: Run, value: PyValue, divisor: PyValue = 2): boolean =>
    isEqual(operate('%', value, divisor, run), wanted, run)

const isSequence = (value: PyValue): boolean =>
  Array.isArray(value) || textOf(value) !== undefined || [Tuple, PyRange, Dict, Undefined].some((type) => value instanceof type)

/** Whether two are one: Python's `is`. Equal small integers and short texts are, as CPython keeps them once. */
const isSame = (left: PyValue, right: PyValue): boolean => left === right || (isInteger(left) && left === right)

const one = (name: string, holds: (value: PyValue, run: Run) => boolean): readonly [string, Builtin] => [
  name,
  define(`test_${name}`, ['value'], (run, value) => holds(value, run)),
]

const two = (names: readonly string[], holds: (run: Run, left: PyValue, right: PyValue) => boolean): (readonly [string, Builtin])[] =>
  names.map((name) => [name, define(names[0] ?? name, ['a', 'b'], holds)])

/** A name to look up; whatever else can be a key is no name. */
const nameOf = (value: PyValue): string => String(keyOf(value))

const entries: readonly (readonly [string, Builtin])[] = [
  one('odd', (value, run) => remainderIs(1)(run, value)),
  one('even', (value, run) => remainderIs(0)(run, value)),
  ['divisibleby', define('test_divisibleby', ['value', 'num'], remainderIs(0))],
  one('defined', (value) => !(value instanceof Undefined)),
  one('undefined', (value) => value instanceof Undefined),
  one('filter', (value) => filters.has(nameOf(value))),
  one('test', (value) => tests.has(nameOf(value))),
  one('none', (value) => value === null),
  one('boolean', (value) => typeof value === 'boolean'),
  one('false', (value) => value === false),
  one('true', (value) => value === true),
  one('integer', isInteger),
  one('float', isFloat),
  one('lower', (value, run) => isLower(str(value, run))),
  one('upper', (value, run) => isUpper(str(value, run))),
  one('string', (value) => textOf(value) !== undefined),
  one('mapping', (value) => value instanceof Dict),
  one('number', isNumberOrBoolean),
  one('sequence', isSequence),
  one('iterable', (value, run) => iterateOrNothing(value, run) !== undefined),
  one('callable', (value) => value instanceof Undefined || (value instanceof PyObject && value.isCallable)),
  one('escaped', (value) => value instanceof Markup),
  ['sameas', define('test_sameas', ['value', 'other'], (_run, value, other) => isSame(value, other))],
  ['in', define('test_in', ['value', 'seq'], (run, value, container) => contains(container, value, run))],
  ...two(['eq', '==', 'equalto'], (run, left, right) => isEqual(left, right, run)),
  ...two(['ne', '!='], (run, left, right) => !isEqual(left, right, run)),
  ...two(['gt', '>', 'greaterthan'], (run, left, right) => compare(left, right, '>', run) > 0),
  ...two(['ge', '>='], (run, left, right) => compare(left, right, '>=', run) >= 0),
  ...two(['lt', '<', 'lessthan'], (run, left, right) => compare(left, right, '<', run) < 0),
  ...two(['le', '<='], (run, left, right) => compare(left, right, '<=', run) <= 0),
]

/** Jinja's tests by their names. */
export const tests: ReadonlyMap<string, Builtin> = new Map(entries)
