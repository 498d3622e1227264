export { countTokens } from './count-tokens.ts'
export { createModelGateway, type GatewayDependencies, type ModelCallSeen } from './gateway.ts'
export type { ModelChoice, ModelGateway, ResolvedLanguageModel } from './gateway-types.ts'
export { createWorkspaceModelStore, type WorkspaceModelStore } from './workspace-models.ts'
