export { deriveKey, SealError, seal, unseal } from './seal.ts'
export { createWorkspaceSecrets, type WorkspaceSecrets } from './workspace-secrets.ts'
