import type { PythonErrorKind } from '@trellis/values'

export type TemplateErrorKind =
  | 'TemplateSyntaxError'
  | 'TemplateAssertionError'
  | 'TemplateRuntimeError'
  | 'FilterArgumentError'
  | 'UndefinedError'
  | 'SecurityError'
  | 'LimitError'
  | 'RuntimeError'
  | 'AssertionError'
  | PythonErrorKind

/**
 * Why a template could not be compiled or rendered: `kind` is the class of the exception that Python would raise, the message Python's
 * where that makes sense. A `SecurityError` reached for what templates may not have; a `LimitError` passed a limit of ours.
 */
export class TemplateError extends Error {
  readonly kind: TemplateErrorKind
  /** The template's line, from 1, where it is known. */
  readonly line: number | undefined

  constructor(kind: TemplateErrorKind, message: string, line?: number) {
    super(message)
    this.name = 'TemplateError'
    this.kind = kind
    this.line = line
  }
}

/** The same error, with its line where it has none yet. */
export function atLine(error: unknown, line: number): unknown {
  if (error instanceof TemplateError) return error.line === undefined ? located(error, error.kind, line) : error
  return isPythonError(error) ? located(error, error.kind, line) : error
}

function located(cause: Error, kind: TemplateErrorKind, line: number): TemplateError {
  const error = new TemplateError(kind, cause.message, line)
  error.cause = cause
  return error
}

const isPythonError = (error: unknown): error is Error & { kind: PythonErrorKind } => error instanceof Error && error.name === 'PythonError'
