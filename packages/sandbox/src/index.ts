export { type CodeSandboxOptions, createCodeSandbox } from './create-code-sandbox.ts'
export { defaultLimits } from './limits.ts'
