import type { Value } from '@trellis/values'
import { declaredTypeOf, inferType, type VariableType } from './variable-type.ts'

/** A value and its type. The type of most values is never asked for, so it is worked out when it is. */
export class Variable {
  readonly value: Value
  #type: VariableType | undefined

  constructor(value: Value, type?: VariableType) {
    this.value = value
    this.#type = type
  }

  get type(): VariableType {
    this.#type ??= inferType(this.value)
    return this.#type
  }
}

/** A variable whose type was declared. @throws TypeMismatchError */
export const declareVariable = (declared: VariableType, value: Value): Variable => new Variable(value, declaredTypeOf(declared, value))
