export type PythonErrorKind =
  | 'TypeError'
  | 'ValueError'
  | 'OverflowError'
  | 'ZeroDivisionError'
  | 'RecursionError'
  | 'IndexError'
  | 'KeyError'
  | 'AttributeError'
  | 'LookupError'
  | 'JSONDecodeError'

/** What Python would raise, with its message: `kind` is the exception's class. */
export class PythonError extends Error {
  readonly kind: PythonErrorKind

  constructor(kind: PythonErrorKind, message: string) {
    super(message)
    this.name = 'PythonError'
    this.kind = kind
  }
}

/** How deep values may be nested: about what Python's own recursion limit allows. */
export const MAX_DEPTH = 1000

export const tooDeep = (): PythonError => new PythonError('RecursionError', 'maximum recursion depth exceeded')
