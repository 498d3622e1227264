import { join } from 'node:path'
import { loadConfig, type ProcessRole, processRoles, readEnvironment, renderFaults } from '@trellis/config'
import { systemClock } from '@trellis/spec'
import { StartupError } from '../data-folder.ts'
import { type RunningProcess, startProcess } from '../lifecycle.ts'
import { createLogSink, type LogSink } from '../observability/index.ts'
import { startSandbox } from '../sandbox.ts'
import { startSsrfProxy } from '../ssrf-proxy.ts'
import { DIFY_COMPATIBLE_VERSION, TRELLIS_VERSION } from '../version.ts'
import { FAULT_GRACE_MS, waitForFault } from './faults.ts'
import { print, printError } from './output.ts'
import { mustFork, runProcesses } from './processes.ts'
import { listeningAddress, readyText } from './ready-text.ts'
import { runJob } from './run-job.ts'
import { waitForShutdown } from './shutdown.ts'

export interface RunOptions {
  readonly arguments: readonly string[]
  readonly processEnv: Readonly<Record<string, string | undefined>>
  readonly rootFolder: string
  readonly onServing: () => void
}

const usage = `Trellis ${TRELLIS_VERSION}

  trellis [all]            everything in one process (what npm start runs)
  trellis api|worker|beat  one role of a cluster
  trellis sandbox          runs code for other processes, by dify-sandbox's API
  trellis ssrf-proxy       the forward proxy that lets out what apps may reach
  trellis migration        bring the database up to date and exit
  trellis job <command>    run one command: doctor, reset-password, reset-email, create-tenant, upgrade-db
  trellis help             this text

Settings come from the environment and .env; docs/configuration.md lists them.`

/** Runs the process that the arguments (or MODE) name; resolves with its exit code. */
export async function run(options: RunOptions): Promise<number> {
  const [first, ...rest] = options.arguments
  if (first === 'help' || first === '--help' || first === '-h') {
    print(usage)
    return 0
  }
  if (first !== undefined && !isRole(first)) {
    printError(`There is no role "${first}".\n\n${usage}`)
    return 2
  }
  const { env } = readEnvironment({ processEnv: options.processEnv, cwd: process.cwd() })
  const loaded = loadConfig({ env, cwd: process.cwd(), ...(first === undefined ? {} : { role: first }) })
  if (!loaded.ok) {
    printError(renderFaults(loaded.faults))
    return 1
  }
  const { config, warnings } = loaded
  const isCommand = config.role === 'job' || config.role === 'migration'
  const log = createLogSink({ log: config.log, ...(isCommand ? { output: 'stderr' as const } : {}) })
  for (const { variable, message } of warnings) log.logger.warn({ variable }, message)
  try {
    if (config.role === 'job') return await runJob({ config, warnings, logger: log.logger, clock: systemClock, arguments: rest })
    if (mustFork(config.role, config.server.processes)) return await runProcesses(config.server.processes, log.logger)
    return await serve(options, { config, log })
  } catch (error) {
    tellFailure(error, log)
    return 1
  } finally {
    await log.close()
  }
}

const isRole = (text: string): text is ProcessRole => processRoles.some((role) => role === text)

type LoadedConfig = Extract<ReturnType<typeof loadConfig>, { ok: true }>['config']

async function serve(
  { rootFolder, onServing }: RunOptions,
  { config, log }: { readonly config: LoadedConfig; readonly log: LogSink },
): Promise<number> {
  const { logger } = log
  const startedAt = performance.now()
  const fault = waitForFault({ logger })
  const running = await start({ rootFolder, config, logger })
  if (config.role === 'migration') {
    await running.close()
    return 0
  }
  onServing()
  const { name, address } = running
  logger.info(
    {
      role: config.role,
      ...(name === undefined ? {} : { process: name }),
      address: address && listeningAddress(address, config.server.host),
      ms: Math.round(performance.now() - startedAt),
    },
    'Trellis is running',
  )
  if (address && (config.role === 'all' || config.role === 'api')) print(`\n${readyText(config, address)}`)
  const reason = await Promise.race([fault, waitForShutdown({ logger })])
  const graceMs = reason === 'fault' ? Math.min(FAULT_GRACE_MS, config.server.shutdownGraceMs) : config.server.shutdownGraceMs
  await running.close({ graceMs })
  logger.info({}, 'Trellis has stopped')
  if (reason !== 'fault') return 0
  printError('Trellis met a fault of its own and has stopped. The log tells which: the line marked fatal.')
  return 1
}

type Starting = Pick<RunOptions, 'rootFolder'> & { readonly config: LoadedConfig; readonly logger: LogSink['logger'] }

async function start({
  rootFolder,
  config,
  logger,
}: Starting): Promise<Pick<RunningProcess, 'address' | 'close'> & { readonly name?: string }> {
  const version = DIFY_COMPATIBLE_VERSION
  if (config.role === 'sandbox') return startSandbox({ config, logger })
  if (config.role === 'ssrf-proxy') return startSsrfProxy({ config, logger, version })
  return startProcess({
    config: config.role === 'migration' ? { ...config, migratesAtStart: true } : config,
    clock: systemClock,
    logger,
    version,
    webFolder: join(rootFolder, 'apps', 'web', 'dist'),
  })
}

function tellFailure(error: unknown, { logger }: LogSink): void {
  if (error instanceof StartupError) printError(error.message)
  else logger.error({ err: error }, 'Trellis could not start')
}
