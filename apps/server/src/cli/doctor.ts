import type { SandboxMechanism } from '@trellis/spec'
import { type EgressProbe, judgeEgress } from './doctor-egress.ts'
import { judgeSandbox } from './doctor-sandbox.ts'

/** What the checks look at. Each may throw: its message is then the finding. */
export interface DoctorProbes {
  nodeVersion(): string
  dataFolder(): Promise<{ readonly path: string; readonly isThere: boolean; readonly isWritable: boolean; readonly freeBytes: number }>
  database(): Promise<{ readonly place: string; readonly isMade: boolean; readonly pendingMigrations: readonly string[] }>
  /** `place` is undefined where Redis is not configured. */
  redis(): Promise<{ readonly place: string | undefined }>
  storage(): Promise<{ readonly place: string }>
  secretKey(): Promise<
    | { readonly source: 'environment' }
    | { readonly source: 'file'; readonly path: string; readonly isPrivate: boolean }
    | { readonly source: 'none' }
  >
  port(): Promise<{ readonly address: string; readonly state: 'free' | 'taken by Trellis' | 'taken' }>
  sandbox(): Promise<readonly SandboxMechanism[]>
  egress(): Promise<EgressProbe>
  memory(): { readonly totalBytes: number }
  /** What loading the configuration had to say. */
  settings(): { readonly warnings: readonly string[]; readonly ignoredVariables: readonly string[] }
}

export interface Finding {
  readonly subject: string
  readonly status: 'ok' | 'warning' | 'failed'
  readonly text: string
  /** What to do, where something is to be done. */
  readonly remedy?: string
}

export type Verdict = Omit<Finding, 'subject'>

interface Check {
  readonly subject: string
  readonly run: (probes: DoctorProbes) => Promise<Verdict> | Verdict
  /** What to do where the probe itself failed. */
  readonly remedy: string
}

const megabyte = 1024 * 1024
const gigabyte = 1024 * megabyte
const oldestNode = 24

const checks: readonly Check[] = [
  { subject: 'Node', run: checkNode, remedy: 'Start by `npm start`, which brings the right Node.' },
  { subject: 'Settings', run: checkSettings, remedy: 'See docs/configuration.md.' },
  {
    subject: 'Data folder',
    run: checkDataFolder,
    remedy: 'Give the user of this process the folder, or choose another with TRELLIS_HOME.',
  },
  { subject: 'Secret key', run: checkSecretKey, remedy: 'Give the user of this process the data folder, or set SECRET_KEY.' },
  {
    subject: 'Database',
    run: checkDatabase,
    remedy: 'Start the database server, or mend DB_TYPE, DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD and DB_DATABASE.',
  },
  {
    subject: 'Redis',
    run: checkRedis,
    remedy: 'Start Redis, or mend REDIS_HOST, REDIS_PORT, REDIS_USERNAME, REDIS_PASSWORD and REDIS_USE_SSL.',
  },
  {
    subject: 'Files',
    run: checkStorage,
    remedy: 'Make the place reachable and writable, or mend STORAGE_TYPE and the variables of its kind.',
  },
  { subject: 'Port', run: checkPort, remedy: 'Mend DIFY_BIND_ADDRESS and DIFY_PORT.' },
  {
    subject: 'Code sandbox',
    run: async (probes) => judgeSandbox(await probes.sandbox()),
    remedy: 'See whether `bwrap` can be run.',
  },
  {
    subject: 'Outgoing',
    run: async (probes) => judgeEgress(await probes.egress()),
    remedy: 'Mend EGRESS_ALLOWED_HOSTS and SSRF_PROXY_ALL_URL.',
  },
  { subject: 'Memory', run: checkMemory, remedy: 'Nothing: the size could not be read.' },
]

/** Runs all checks, each with its own time limit in milliseconds; never throws. */
export async function runDoctor(
  probes: DoctorProbes,
  options: { readonly timeoutMs: number } = { timeoutMs: 10_000 },
): Promise<readonly Finding[]> {
  return Promise.all(
    checks.map(async ({ subject, run, remedy }): Promise<Finding> => {
      try {
        return { subject, ...(await withinTime(async () => run(probes), options.timeoutMs)) }
      } catch (error) {
        return { subject, status: 'failed', text: error instanceof Error ? error.message : String(error), remedy }
      }
    }),
  )
}

/** 1 where something failed. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 {
  return findings.some((finding) => finding.status === 'failed') ? 1 : 0
}

async function withinTime<T>(work: () => Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs / 1000} s.`)), timeoutMs)
  })
  try {
    return await Promise.race([work(), timeout])
  } finally {
    clearTimeout(timer)
  }
}

const ok = (text: string): Verdict => ({ status: 'ok', text })
const warning = (text: string, remedy: string): Verdict => ({ status: 'warning', text, remedy })
const failed = (text: string, remedy: string): Verdict => ({ status: 'failed', text, remedy })

function checkNode(probes: DoctorProbes): Verdict {
  const version = probes.nodeVersion()
  const major = Number(version.replace(/^v/, '').split('.')[0])
  return major >= oldestNode
    ? ok(version)
    : failed(`${version} is too old: Trellis needs ${oldestNode}.`, 'Start by `npm start`, which brings the right Node.')
}

function checkSettings(probes: DoctorProbes): Verdict {
  const { warnings, ignoredVariables } = probes.settings()
  const ignored = ignoredVariables.length === 0 ? '' : `Set but without a meaning here: ${ignoredVariables.join(', ')}.`
  if (warnings.length > 0)
    return warning([...warnings, ignored].filter(Boolean).join(' '), 'Mend or remove them; docs/configuration.md lists all settings.')
  return ok(ignored || 'Understood.')
}

async function checkDataFolder(probes: DoctorProbes): Promise<Verdict> {
  const { path, isThere, isWritable, freeBytes } = await probes.dataFolder()
  if (!isWritable)
    return failed(`${path} cannot be written.`, 'Give the user of this process the folder, or choose another with TRELLIS_HOME.')
  const text = `${path}${isThere ? '' : ' (made at the first start)'}, ${showBytes(freeBytes)} free`
  const remedy = 'Make room on this disk, or choose another with TRELLIS_HOME.'
  if (freeBytes < 100 * megabyte) return failed(`${text}: too little to go on writing.`, remedy)
  return freeBytes < gigabyte ? warning(`${text}: little room is left.`, remedy) : ok(text)
}

async function checkSecretKey(probes: DoctorProbes): Promise<Verdict> {
  const key = await probes.secretKey()
  if (key.source === 'environment') return ok('Given by SECRET_KEY.')
  if (key.source === 'none') return ok('Made at the first start, in the data folder.')
  return key.isPrivate
    ? ok(`Kept in ${key.path}. Back it up: without it stored credentials cannot be opened.`)
    : warning(`Other users of this machine can read ${key.path}.`, `chmod 600 ${key.path}`)
}

async function checkDatabase(probes: DoctorProbes): Promise<Verdict> {
  const { place, isMade, pendingMigrations } = await probes.database()
  if (!isMade) return ok(`${place} (made at the first start)`)
  if (pendingMigrations.length === 0) return ok(`${place}, schema up to date`)
  return warning(
    `${place}: ${pendingMigrations.length} migrations are not yet applied (${pendingMigrations.join(', ')}).`,
    'They are applied at start; with MIGRATION_ENABLED=false run the role `migration`.',
  )
}

async function checkRedis(probes: DoctorProbes): Promise<Verdict> {
  const { place } = await probes.redis()
  return ok(place ?? 'Not configured: cache, locks and live events are in process.')
}

async function checkStorage(probes: DoctorProbes): Promise<Verdict> {
  const { place } = await probes.storage()
  return ok(place)
}

async function checkPort(probes: DoctorProbes): Promise<Verdict> {
  const { address, state } = await probes.port()
  if (state === 'free') return ok(`${address} is free.`)
  if (state === 'taken by Trellis') return ok(`Trellis answers at ${address}.`)
  return failed(`Another program listens on ${address}.`, 'Stop it, or choose another port with DIFY_PORT.')
}

function checkMemory(probes: DoctorProbes): Verdict {
  const { totalBytes } = probes.memory()
  const text = `${showBytes(totalBytes)} for this process`
  return totalBytes < 512 * megabyte ? warning(`${text}: enough to try, little for work.`, 'Give it 1 GB or more.') : ok(text)
}

function showBytes(bytes: number): string {
  return bytes >= gigabyte ? `${(bytes / gigabyte).toFixed(1)} GB` : `${Math.round(bytes / megabyte)} MB`
}
