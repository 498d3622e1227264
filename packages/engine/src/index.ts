export { type DriveOptions, type DriverPorts, RunDriver } from './drive/drive-run.ts'
export { compile } from './plan/compile.ts'
export { GraphError, type NodeRegistry, type Plan, type PlanNode } from './plan/plan.ts'
export { type Effect, type Execution, type RunLimits, type RunStatus, WorkflowRun, type WorkflowRunOptions } from './run/workflow-run.ts'
