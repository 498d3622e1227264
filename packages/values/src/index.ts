export { add, asFloat, divide, floorDivide, modulo, multiply, negate, type Operand, power, subtract } from './arithmetic.ts'
export { compare, compareNumbers, compareStrings, contains, isEqual, isTruthy } from './compare.ts'
export { type DumpOptions, dumpJson } from './dump-json.ts'
export { parseJson } from './parse-json.ts'
export { MAX_DEPTH, PythonError, type PythonErrorKind } from './python-error.ts'
export { repairJson } from './repair-json.ts'
export { integerText, repr, reprFloat, reprString, str } from './text.ts'
export { toFloat, toInteger } from './to-number.ts'
export { type PlainValue, toPlain } from './to-plain.ts'
export {
  type Dict,
  Float,
  float,
  getKey,
  integer,
  isDict,
  isFloat,
  isInteger,
  isList,
  isNumber,
  isNumberOrBoolean,
  type List,
  type Numeric,
  toDict,
  toNumber,
  typeName,
  type Value,
} from './value.ts'
