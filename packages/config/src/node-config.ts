import type { Environment } from './environment.ts'

/** What nodes of workflows may make. */
export interface NodesConfig {
  readonly codeMaxStringLength: number
  readonly codeMaxStringArrayLength: number
  readonly codeMaxNumberArrayLength: number
  readonly codeMaxObjectArrayLength: number
  readonly codeMaxDepth: number
  readonly codeMaxPrecision: number
  readonly codeMinNumber: bigint
  readonly codeMaxNumber: bigint
  readonly templateMaxLength: number
}

/** How far a run of a workflow may go. */
export interface WorkflowsConfig {
  readonly maxSteps: number
  readonly maxTimeMs: number
  readonly maxCallDepth: number
}

export function readNodes(environment: Environment): NodesConfig {
  return {
    codeMaxStringLength: environment.CODE_MAX_STRING_LENGTH,
    codeMaxStringArrayLength: environment.CODE_MAX_STRING_ARRAY_LENGTH,
    codeMaxNumberArrayLength: environment.CODE_MAX_NUMBER_ARRAY_LENGTH,
    codeMaxObjectArrayLength: environment.CODE_MAX_OBJECT_ARRAY_LENGTH,
    codeMaxDepth: environment.CODE_MAX_DEPTH,
    codeMaxPrecision: environment.CODE_MAX_PRECISION,
    codeMinNumber: environment.CODE_MIN_NUMBER,
    codeMaxNumber: environment.CODE_MAX_NUMBER,
    templateMaxLength: environment.TEMPLATE_TRANSFORM_MAX_LENGTH,
  }
}

export function readWorkflows(environment: Environment): WorkflowsConfig {
  return {
    maxSteps: environment.WORKFLOW_MAX_EXECUTION_STEPS,
    maxTimeMs: environment.WORKFLOW_MAX_EXECUTION_TIME * 1000,
    maxCallDepth: environment.WORKFLOW_CALL_MAX_DEPTH,
  }
}
