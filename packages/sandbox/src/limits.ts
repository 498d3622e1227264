import type { CodeLimits, SandboxFailure, SandboxFailureKind } from '@trellis/spec'

export const defaultLimits: CodeLimits = {
  timeoutMs: 15_000,
  memoryMegabytes: 256,
  processes: 8,
  fileMegabytes: 16,
  outputBytes: 1024 * 1024,
  resultBytes: 16 * 1024 * 1024,
}

type LimitedKind = Extract<SandboxFailureKind, 'timeout' | 'memory' | 'output-limit' | 'process-limit' | 'file-limit'>

const sentences: Readonly<Record<LimitedKind, (limits: CodeLimits) => string>> = {
  timeout: ({ timeoutMs }) => `The code ran longer than ${timeoutMs / 1000} s. Let it do less, or raise SANDBOX_WORKER_TIMEOUT (seconds).`,
  memory: ({ memoryMegabytes }) =>
    `The code asked for more memory than ${memoryMegabytes} MB. Let it hold less at a time, or raise SANDBOX_MEMORY_LIMIT (MB).`,
  'output-limit': ({ outputBytes }) =>
    `The code printed more than ${outputBytes} bytes. Let it print less, or raise SANDBOX_OUTPUT_LIMIT (bytes).`,
  'process-limit': ({ processes }) =>
    `The code wanted more than ${processes} processes and threads at a time. Let it start fewer, or raise SANDBOX_PROCESS_LIMIT.`,
  'file-limit': ({ fileMegabytes }) =>
    `The code wrote more than ${fileMegabytes} MB to files. Let it write less, or raise SANDBOX_FILE_SIZE_LIMIT (MB).`,
}

export function limitFailure(kind: LimitedKind, limits: CodeLimits): SandboxFailure {
  return { kind, message: sentences[kind](limits) }
}

export function isLimited(kind: SandboxFailureKind): kind is LimitedKind {
  return Object.hasOwn(sentences, kind)
}

export function resultTooLarge({ resultBytes }: CodeLimits): SandboxFailure {
  return {
    kind: 'output-limit',
    message: `What \`main\` returned is longer than ${resultBytes} bytes as JSON. Let it return less, or raise SANDBOX_RESULT_LIMIT (bytes).`,
  }
}
