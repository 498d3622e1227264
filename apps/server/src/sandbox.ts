import type { Config } from '@trellis/config'
import { createEgressGuard } from '@trellis/kit'
import { createCodeSandbox, createSandboxService, type OpenCodeSandbox } from '@trellis/sandbox'
import type { Egress, Logger } from '@trellis/spec'
import { toGuardOptions } from './guard-options.ts'
import { toListenFailure } from './http/listen-failure.ts'
import type { RunningProcess } from './lifecycle.ts'

export interface SandboxDependencies {
  readonly config: Config
  readonly logger: Logger
  /** For a sandbox elsewhere; the role `sandbox` has none. */
  readonly egress?: Egress
}

/** Opens what runs code, as configured. No child starts before the first request. */
export function openCodeSandbox({ config, logger, egress }: SandboxDependencies): OpenCodeSandbox {
  const { sandbox } = config
  return createCodeSandbox({
    limits: sandbox.limits,
    concurrency: sandbox.concurrency,
    warmInterpreters: sandbox.warmInterpreters,
    idleMs: sandbox.idleMs,
    pythonPackages: sandbox.pythonPackages,
    logger: logger.child({ part: 'sandbox' }),
    ...(sandbox.remote && egress ? { remote: { ...sandbox.remote, egress } } : {}),
    ...(sandbox.network ? { network: { guard: createEgressGuard(toGuardOptions(config)), next: sandbox.network.proxies } } : {}),
    ...(sandbox.pythonPath === undefined ? {} : { pythonPath: sandbox.pythonPath }),
    ...(sandbox.nodePath === undefined ? {} : { nodePath: sandbox.nodePath }),
    ...(sandbox.nodePackagesFolder === undefined ? {} : { nodePackagesFolder: sandbox.nodePackagesFolder }),
  })
}

const BODY_MAX_BYTES = 64 * 1024 * 1024

/** The role `sandbox`: dify-sandbox's API over our runners, with no database, no Redis and no secrets but its key. */
export async function startSandbox({ config, logger }: SandboxDependencies): Promise<Pick<RunningProcess, 'address' | 'close'>> {
  const { service: settings, limits } = config.sandbox
  // On this wire a result is printed, so what may be printed includes it.
  const outputBytes = limits.outputBytes + limits.resultBytes
  const sandbox = openCodeSandbox({ config: { ...config, sandbox: { ...config.sandbox, limits: { ...limits, outputBytes } } }, logger })
  const service = createSandboxService({
    ...settings,
    runner: sandbox,
    pythonPackages: sandbox.listPythonPackages,
    bodyMaxBytes: BODY_MAX_BYTES,
    logger,
  })
  const close = async (): Promise<void> => {
    await service.close()
    await sandbox.close()
  }
  try {
    for (const { language, name, description } of await sandbox.mechanisms()) {
      if (name === 'none') logger.warn({ language, reason: description }, 'Code in this language will be refused')
      else logger.info({ language, mechanism: name }, description)
    }
    const address = await service.listen({ host: config.server.host, port: settings.port })
    return { address, close }
  } catch (cause) {
    await close()
    throw toListenFailure(cause, { host: config.server.host, port: settings.port, variable: 'SANDBOX_PORT' })
  }
}
