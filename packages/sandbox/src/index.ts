export { type CodeSandboxOptions, createCodeSandbox, type OpenCodeSandbox } from './create-code-sandbox.ts'
export { defaultLimits } from './limits.ts'
export { createSandboxService, type SandboxServiceOptions } from './service/create-sandbox-service.ts'
