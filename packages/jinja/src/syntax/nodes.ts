/** The syntax tree. Fields stand in the order in which Jinja walks them, because which names a body uses depends on it. */
export type Expression =
  | { readonly type: 'constant'; readonly value: null | boolean | string; readonly line: number }
  | { readonly type: 'number'; readonly kind: 'integer' | 'float'; readonly text: string; readonly line: number }
  | Name
  | TupleNode
  | { readonly type: 'list'; readonly items: readonly Expression[]; readonly line: number }
  | { readonly type: 'dict'; readonly items: readonly (readonly [Expression, Expression])[]; readonly line: number }
  | {
      readonly type: 'condition'
      readonly test: Expression
      readonly whenTrue: Expression
      readonly otherwise: Expression | undefined
      readonly line: number
    }
  | { readonly type: 'and' | 'or'; readonly left: Expression; readonly right: Expression; readonly line: number }
  | { readonly type: 'not' | 'negative' | 'positive'; readonly node: Expression; readonly line: number }
  | {
      readonly type: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
      readonly line: number
    }
  | { readonly type: 'concat'; readonly nodes: readonly Expression[]; readonly line: number }
  | {
      readonly type: 'compare'
      readonly node: Expression
      readonly operands: readonly (readonly [Comparison, Expression])[]
      readonly line: number
    }
  | { readonly type: 'attribute'; readonly node: Expression; readonly name: string; readonly line: number }
  | { readonly type: 'item'; readonly node: Expression; readonly key: Expression; readonly line: number }
  | SliceNode
  | CallNode
  | FilterNode
  | TestNode

export interface Name {
  readonly type: 'name'
  readonly name: string
  readonly isStored: boolean
  readonly line: number
}

export interface TupleNode {
  readonly type: 'tuple'
  readonly items: readonly Expression[]
  readonly line: number
}

/** `namespace.attribute` where something is assigned to it. */
export interface NamespaceTarget {
  readonly type: 'namespace-target'
  readonly name: string
  readonly attribute: string
  readonly line: number
}

export interface SliceNode {
  readonly type: 'slice'
  readonly start: Expression | undefined
  readonly stop: Expression | undefined
  readonly step: Expression | undefined
  readonly line: number
}

export interface CallArguments {
  readonly positional: readonly Expression[]
  readonly named: readonly { readonly key: string; readonly value: Expression }[]
  readonly rest: Expression | undefined
  readonly namedRest: Expression | undefined
}

export interface CallNode {
  readonly type: 'call'
  readonly node: Expression
  readonly arguments: CallArguments
  readonly line: number
}

export interface FilterNode {
  readonly type: 'filter'
  /** Undefined where it filters the body of a block. */
  readonly node: Expression | undefined
  readonly name: string
  readonly arguments: CallArguments
  readonly line: number
}

export interface TestNode {
  readonly type: 'test'
  readonly node: Expression
  readonly name: string
  readonly arguments: CallArguments
  readonly line: number
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'
export type Target = Name | TupleNode | NamespaceTarget

export interface Signature {
  readonly parameters: readonly string[]
  /** Of the last parameters. */
  readonly defaults: readonly Expression[]
}

export type Statement =
  | { readonly type: 'output'; readonly nodes: readonly (string | Expression)[]; readonly line: number }
  | {
      readonly type: 'for'
      readonly target: Target
      readonly iterable: Expression
      readonly body: Body
      readonly otherwise: Body
      readonly test: Expression | undefined
      readonly isRecursive: boolean
      readonly line: number
    }
  | {
      readonly type: 'if'
      readonly branches: readonly { readonly test: Expression; readonly body: Body; readonly line: number }[]
      readonly otherwise: Body
      readonly line: number
    }
  | {
      readonly type: 'with'
      readonly targets: readonly Target[]
      readonly values: readonly Expression[]
      readonly body: Body
      readonly line: number
    }
  | { readonly type: 'set'; readonly target: Target; readonly value: Expression; readonly line: number }
  | {
      readonly type: 'set-block'
      readonly target: Target
      readonly filter: FilterNode | undefined
      readonly body: Body
      readonly line: number
    }
  | MacroNode
  | CallBlockNode
  | { readonly type: 'filter-block'; readonly body: Body; readonly filter: FilterNode; readonly line: number }
  | { readonly type: 'autoescape'; readonly value: Expression; readonly body: Body; readonly line: number }
  | BlockNode
  /** extends, include, import and from: there are no other templates. */
  | { readonly type: 'template-reference'; readonly template: Expression; readonly isExtends: boolean; readonly line: number }

export type Body = readonly Statement[]

export interface MacroNode extends Signature {
  readonly type: 'macro'
  readonly name: string
  readonly body: Body
  readonly line: number
}

export interface CallBlockNode extends Signature {
  readonly type: 'call-block'
  readonly call: CallNode
  readonly body: Body
  readonly line: number
}

export interface BlockNode {
  readonly type: 'block'
  readonly name: string
  readonly isScoped: boolean
  readonly isRequired: boolean
  readonly body: Body
  readonly line: number
}
