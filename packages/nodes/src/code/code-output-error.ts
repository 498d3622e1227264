/** What code returned is not what its node declares; `errorType` is the name that error branches may compare. */
export class CodeOutputError extends Error {
  readonly errorType: 'OutputValidationError' | 'DepthLimitError' | 'CodeNodeError' | 'CodeExecutionError'

  constructor(errorType: CodeOutputError['errorType'], message: string) {
    super(message)
    this.name = 'CodeOutputError'
    this.errorType = errorType
  }
}

export const invalidOutput = (message: string): CodeOutputError => new CodeOutputError('OutputValidationError', message)
