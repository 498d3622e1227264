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

/** How far a run of a workflow may go, and what its document may hold. */
export interface WorkflowsConfig {
  readonly maxSteps: number
  readonly maxTimeMs: number
  /** Nodes of one run that execute at a time. */
  readonly maxConcurrency: number
  readonly maxCallDepth: number
  readonly maxVariableBytes: number
  /** Ids of knowledge in app files. */
  readonly sealsDatasetIds: boolean
  /** How long a run waits for people. */
  readonly formLifetimeMs: number
  /** How often forms whose time is over are looked for. */
  readonly formSweepMs: number
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
    maxConcurrency: environment.GRAPH_ENGINE_MAX_WORKERS,
    maxCallDepth: environment.WORKFLOW_CALL_MAX_DEPTH,
    maxVariableBytes: environment.MAX_VARIABLE_SIZE,
    sealsDatasetIds: environment.DSL_EXPORT_ENCRYPT_DATASET_ID,
    formLifetimeMs: environment.HUMAN_INPUT_GLOBAL_TIMEOUT_SECONDS * 1000,
    formSweepMs: environment.HUMAN_INPUT_TIMEOUT_TASK_INTERVAL * 60_000,
  }
}
