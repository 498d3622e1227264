import type { BuiltinProvider } from './builtin-tool.ts'
import { timeProvider } from './time/index.ts'

/** Every provider of built-in tools, a line each. */
export const builtinProviders: readonly BuiltinProvider[] = [timeProvider]
