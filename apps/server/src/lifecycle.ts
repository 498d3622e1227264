import type { Config } from '@trellis/config'
import type { Clock, JobWorker, Logger } from '@trellis/spec'
import type { FastifyInstance } from 'fastify'
import { type Beat, startBeat } from './beat.ts'
import { type Closer, closeInTurn, closeTogether } from './closers.ts'
import { composeFeatures, type Features, isAlone } from './compose.ts'
import { type DataFolder, openDataFolder, StartupError } from './data-folder.ts'
import { reasonOf } from './database-outage.ts'
import type { BuiltinProvider } from './features/node-services/index.ts'
import { createApi } from './http/create-api.ts'
import { type HealthPort, openHealthPort } from './http/health-port.ts'
import { readReadiness } from './http/readiness.ts'
import { createMetrics, type Metrics } from './observability/index.ts'
import { createPlatform, type Platform } from './platform.ts'

export interface StartOptions {
  readonly config: Config
  readonly clock: Clock
  readonly logger: Logger
  readonly version: string
  readonly webFolder: string | undefined
  /** Tests: what a contract does not allow fails. */
  readonly isStrict?: boolean
  /** Tests: tools that answer as they are told, beside those that are built in. */
  readonly toolProviders?: readonly BuiltinProvider[]
}

/** A running process, in whichever role. */
export interface RunningProcess {
  /** By which other processes call it, where they take over its runs. */
  readonly name: string
  /** Where it listens: by HTTP, or for whoever watches it; undefined where it listens to nothing. */
  readonly address: string | undefined
  readonly features: Features
  readonly platform: Platform
  /** Takes nothing new, lets what runs end within the grace time (the configured one where none is given), and closes everything. */
  close(options?: { readonly graceMs: number }): Promise<void>
}

/** Starts what the role is made of. What was opened is closed again where a later step fails. */
export async function startProcess(options: StartOptions): Promise<RunningProcess> {
  const closers: Closer[] = []
  try {
    return await start(options, closers)
  } catch (error) {
    await closeInTurn(closers, { graceMs: 0, logger: options.logger })
    throw error
  }
}

async function start(options: StartOptions, closers: Closer[]): Promise<RunningProcess> {
  const { config, clock, logger, version } = options
  const folder = openDataFolder(config.dataFolder, { isExclusive: isAlone(config) })
  closers.push(() => folder.release())
  const secretKey = readSecretKey(config, folder)
  let platform: Platform | undefined
  const metrics = createMetrics({
    version,
    role: config.role,
    queueStats: async () => platform?.queue.stats() ?? { waiting: 0, running: 0, failed: 0 },
  })
  closers.push(() => metrics.close())
  platform = await createPlatform({
    config,
    clock,
    logger,
    onQuery: (milliseconds) => metrics.databaseQuery({ seconds: milliseconds / 1000 }),
  })
  closers.push(platform.close)
  await prepareDatabase(platform, config, logger)
  const features = await composeFeatures({ config, platform, metrics, secretKey, version, toolProviders: options.toolProviders })
  let isServing = false
  let api: FastifyInstance | undefined
  let health: HealthPort | undefined
  const working: Closer[] = [features.close]
  // Runs end before the server does: who reads them gets the end, who starts new ones is told to come back.
  closers.push(
    async () => health?.close(),
    async () => api?.close(),
    (graceMs) => closeTogether(working, { graceMs, logger }),
  )
  // Before work is taken: a process that cannot have its port ends without having touched what others do.
  health = await openHealth(options, { platform, metrics, isServing: () => isServing })
  await features.reaper.start()
  if (config.role === 'all' || config.role === 'api') {
    api = await createApi({
      ...options,
      platform,
      features,
      metrics,
      secretKey,
      isStrict: options.isStrict ?? false,
      isServing: () => isServing,
    })
  }
  working.push(...startBackground(options, platform, features, metrics))
  isServing = true
  const address = api ? await listen(api, config) : health?.address
  return {
    name: features.runHost.id,
    address,
    features,
    platform,
    async close({ graceMs } = { graceMs: config.server.shutdownGraceMs }) {
      isServing = false
      await closeInTurn(closers, { graceMs, logger })
    },
  }
}

function readSecretKey(config: Config, folder: DataFolder): string {
  return config.secretKey ?? folder.secretKey()
}

async function prepareDatabase({ database }: Platform, config: Config, logger: Logger): Promise<void> {
  await database.check().catch((cause: unknown) => {
    const settings = 'DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD and DB_DATABASE'
    throw new StartupError(`The database does not answer: ${reasonOf(cause)}. Check ${settings}.`, { cause })
  })
  if (!config.migratesAtStart) return
  const applied = await database.migrate()
  if (applied.length > 0) logger.info({ migrations: applied }, 'The database was brought up to date')
}

function startBackground({ config, clock }: StartOptions, platform: Platform, features: Features, metrics: Metrics): Closer[] {
  const closers: Closer[] = []
  if (config.role === 'all' || config.role === 'worker') {
    const { queues } = config.jobs
    const served = features.jobs.filter(({ definition }) => queues === undefined || queues.includes(definition.queue))
    const worker: JobWorker = platform.queue.work(
      served.map((registration) => observeJob(registration, metrics)),
      { concurrency: config.jobs.concurrency },
    )
    closers.push((graceMs) => worker.close(graceMs))
  }
  if (config.role === 'all' || config.role === 'beat') {
    const beat: Beat = startBeat({
      locks: platform.cache.locks,
      clock,
      logger: platform.logger,
      entries: features.scheduled,
      isToldAway: platform.isToldAway,
    })
    closers.push(beat.close)
  }
  return closers
}

/** Roles with HTTP tell of their health there. */
async function openHealth(
  { config, version }: StartOptions,
  { platform, metrics, isServing }: { readonly platform: Platform; readonly metrics: Metrics; readonly isServing: () => boolean },
): Promise<HealthPort | undefined> {
  const { host, healthPort } = config.server
  if (healthPort === undefined || (config.role !== 'worker' && config.role !== 'beat')) return undefined
  const pages = { config, metrics, version, readReadiness: () => readReadiness({ platform, isServing }) }
  return openHealthPort(pages, { host, port: healthPort })
}

function observeJob(registration: Features['jobs'][number], metrics: Metrics): Features['jobs'][number] {
  const { name, attempts } = registration.definition
  return {
    ...registration,
    handler: async (context) => {
      const startedAt = performance.now()
      const seen = (outcome: 'succeeded' | 'failed' | 'retried'): void =>
        metrics.job({ name, outcome, seconds: (performance.now() - startedAt) / 1000 })
      try {
        await registration.handler(context)
        seen('succeeded')
      } catch (error) {
        seen(context.attempt < attempts ? 'retried' : 'failed')
        throw error
      }
    },
  }
}

async function listen(api: FastifyInstance, { server }: Config): Promise<string> {
  try {
    return await api.listen({ host: server.host, port: server.port })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'EADDRINUSE') {
      throw new StartupError(`Port ${server.port} on ${server.host} is taken. Stop what uses it, or choose another: PORT=5002 npm start`, {
        cause,
      })
    }
    if (code === 'EACCES')
      throw new StartupError(`Port ${server.port} may not be used by this user. Choose one above 1023 with PORT.`, { cause })
    if (code === 'EADDRNOTAVAIL')
      throw new StartupError(`This machine has no address ${server.host}. Correct DIFY_BIND_ADDRESS.`, { cause })
    throw cause
  }
}
