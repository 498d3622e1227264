import { resolve } from 'node:path'
import type { Environment } from './environment.ts'
import type { Findings } from './findings.ts'
import type { ProcessRole } from './kinds.ts'

export interface SandboxConfig {
  /** A sandbox elsewhere does everything. Undefined: code runs on this machine. */
  readonly remote:
    | { readonly url: string; readonly apiKey: string; readonly connectTimeoutMs: number; readonly readTimeoutMs: number }
    | undefined
  readonly limits: {
    readonly timeoutMs: number
    readonly memoryMegabytes: number
    readonly processes: number
    readonly fileMegabytes: number
    readonly outputBytes: number
    readonly resultBytes: number
  }
  readonly concurrency: number
  readonly warmInterpreters: number
  readonly idleMs: number
  /** Proxies behind ours, by the scheme of the address. Undefined: no code has a network. */
  readonly network: { readonly proxies: { readonly http: string | undefined; readonly https: string | undefined } } | undefined
  readonly pythonPath: string | undefined
  readonly nodePath: string | undefined
  readonly pythonPackages: readonly string[]
  /** Absolute path. */
  readonly nodePackagesFolder: string | undefined
  /** The role `sandbox`. */
  readonly service: {
    readonly port: number
    /** Empty in other roles. */
    readonly apiKey: string
    readonly maxRequests: number
    readonly allowsPreload: boolean
  }
}

const DEFAULT_SECONDS = 15

interface Input {
  readonly environment: Environment
  readonly role: ProcessRole
  readonly cwd: string
  readonly findings: Findings
}

export function readSandbox({ environment, role, cwd, findings }: Input): SandboxConfig {
  if (role === 'sandbox' && environment.SANDBOX_API_KEY === undefined) {
    findings.fault('SANDBOX_API_KEY', 'Whoever reaches the sandbox may run code: give a key, such as one from `openssl rand -base64 42`.')
  }
  const { SANDBOX_NODE_PACKAGES: nodePackages } = environment
  return {
    remote: readRemote(environment, role, findings),
    limits: {
      timeoutMs: (environment.SANDBOX_WORKER_TIMEOUT ?? environment.WORKER_TIMEOUT ?? DEFAULT_SECONDS) * 1000,
      memoryMegabytes: environment.SANDBOX_MEMORY_LIMIT,
      processes: environment.SANDBOX_PROCESS_LIMIT,
      fileMegabytes: environment.SANDBOX_FILE_SIZE_LIMIT,
      outputBytes: environment.SANDBOX_OUTPUT_LIMIT,
      resultBytes: environment.SANDBOX_RESULT_LIMIT,
    },
    concurrency: environment.MAX_WORKERS,
    warmInterpreters: environment.SANDBOX_WARM_INTERPRETERS,
    idleMs: environment.SANDBOX_IDLE_TIMEOUT * 1000,
    network: readNetwork(environment),
    pythonPath: environment.PYTHON_PATH,
    nodePath: environment.NODEJS_PATH,
    pythonPackages: environment.SANDBOX_PYTHON_PACKAGES ?? [],
    nodePackagesFolder: nodePackages === undefined ? undefined : resolve(cwd, nodePackages),
    service: {
      port: environment.SANDBOX_PORT,
      apiKey: environment.SANDBOX_API_KEY ?? '',
      maxRequests: environment.MAX_REQUESTS,
      allowsPreload: environment.ENABLE_PRELOAD,
    },
  }
}

function readRemote(environment: Environment, role: ProcessRole, findings: Findings): SandboxConfig['remote'] {
  const { CODE_EXECUTION_ENDPOINT: url, CODE_EXECUTION_API_KEY: apiKey } = environment
  // One environment for all roles names the sandbox to all of them: it must not call itself.
  if (url === undefined || role === 'sandbox') return undefined
  if (apiKey === undefined) {
    findings.fault('CODE_EXECUTION_API_KEY', 'CODE_EXECUTION_ENDPOINT names a sandbox: give its key.')
    return undefined
  }
  return {
    url,
    apiKey,
    connectTimeoutMs: environment.CODE_EXECUTION_CONNECT_TIMEOUT * 1000,
    readTimeoutMs: environment.CODE_EXECUTION_READ_TIMEOUT * 1000,
  }
}

function readNetwork(environment: Environment): SandboxConfig['network'] {
  if (!(environment.SANDBOX_ENABLE_NETWORK ?? environment.ENABLE_NETWORK ?? false)) return undefined
  const { SSRF_PROXY_ALL_URL: all, SSRF_PROXY_HTTP_URL: http, SSRF_PROXY_HTTPS_URL: https } = environment
  return {
    proxies: {
      http: environment.SANDBOX_HTTP_PROXY ?? all ?? http,
      https: environment.SANDBOX_HTTPS_PROXY ?? environment.SANDBOX_HTTP_PROXY ?? all ?? https,
    },
  }
}
