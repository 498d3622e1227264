import { z } from 'zod'

/** How the text of a variable becomes a value, and the words for what would be right. */
export interface Kind<Value> {
  readonly schema: z.ZodType<Value, string>
  /** Completes "expected ...". */
  readonly expected: string
}

export const groups = {
  deployment: 'Deployment',
  urls: 'Public addresses',
  database: 'Database',
  redis: 'Redis',
  jobs: 'Jobs and workers',
  storage: 'File storage',
  auth: 'Accounts and sign-in',
  mail: 'Mail',
  http: 'HTTP',
  egress: 'Outgoing requests',
  sandbox: 'Code',
  limits: 'Limits',
  uploads: 'Uploads',
  observability: 'Logs and metrics',
} as const

export type GroupName = keyof typeof groups

export const processRoles = ['all', 'api', 'worker', 'beat', 'sandbox', 'ssrf-proxy', 'migration', 'job'] as const
/** What one process does; `all` is the whole product in one process. */
export type ProcessRole = (typeof processRoles)[number]

interface About {
  readonly description: string
  readonly group: GroupName
  /** The roles that read it; every role where absent. */
  readonly roles?: readonly ProcessRole[]
  /** Its value is shown nowhere: no fault, log or report. */
  readonly secret?: true
  /** What the documentation shows as the default where that is not a fixed text. */
  readonly defaultNote?: string
}

export const variableMetaSchema = z.object({
  description: z.string(),
  group: z.string().transform((name) => name as GroupName), // written by `optional` and `withDefault` below, whose type is GroupName
  roles: z.array(z.enum(processRoles)).optional(),
  secret: z.literal(true).optional(),
  defaultNote: z.string().optional(),
  expected: z.string(),
  default: z.string().optional(),
})
export type VariableMeta = z.infer<typeof variableMetaSchema>

export function optional<Value>(kind: Kind<Value>, about: About) {
  return kind.schema.optional().meta({ ...about, expected: kind.expected })
}

/** The default is written as text and read like any other value, so that the documentation shows what really holds. */
export function withDefault<Value>(text: string, kind: Kind<Value>, about: About) {
  return kind.schema.prefault(text).meta({ ...about, expected: kind.expected, default: text })
}

function kind<Value>(expected: string, parse: (text: string) => Value | undefined): Kind<Value> {
  const schema = z.string().transform((text, context): Value => {
    const value = parse(text)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: expected })
    return z.NEVER
  })
  return { schema, expected }
}

export function text(expected: string, accepts: (text: string) => boolean = () => true): Kind<string> {
  return kind(expected, (value) => (accepts(value) ? value : undefined))
}

const truths = new Map([
  ...['true', '1', 'yes', 'on'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'off'].map((word) => [word, false] as const),
])

export function flag(): Kind<boolean> {
  return kind('true or false', (value) => truths.get(value.toLowerCase()))
}

export function wholeNumber(range: { readonly minimum: number; readonly maximum?: number }): Kind<number> {
  const expected =
    range.maximum === undefined ? `a whole number, ${range.minimum} or more` : `a whole number from ${range.minimum} to ${range.maximum}`
  return kind(expected, (value) => (/^-?\d+$/.test(value) ? within(Number(value), range) : undefined))
}

/** A whole number of any size. */
export function bigWholeNumber(): Kind<bigint> {
  return kind('a whole number', (value) => (/^-?\d+$/.test(value) ? BigInt(value) : undefined))
}

export function decimal(range: { readonly minimum: number; readonly maximum?: number }): Kind<number> {
  const expected = range.maximum === undefined ? `a number, ${range.minimum} or more` : `a number from ${range.minimum} to ${range.maximum}`
  return kind(expected, (value) => (/^-?\d+(\.\d+)?$/.test(value) ? within(Number(value), range) : undefined))
}

function within(value: number, range: { readonly minimum: number; readonly maximum?: number }): number | undefined {
  const maximum = range.maximum ?? Number.MAX_SAFE_INTEGER
  return value >= range.minimum && value <= maximum ? value : undefined
}

export function port(): Kind<number> {
  return wholeNumber({ minimum: 0, maximum: 65535 })
}

/** One of the words, in any case; `aliases` maps further spellings to one of them. */
export function oneOf<const Word extends string>(words: readonly Word[], aliases: Readonly<Record<string, Word>> = {}): Kind<Word> {
  return kind(`one of ${words.join(', ')}`, (value) => {
    const lower = value.toLowerCase()
    return words.find((word) => word.toLowerCase() === lower) ?? aliases[lower]
  })
}

/** Comma-separated, where nothing else is said; spaces around the parts and empty parts are dropped. */
export function list(
  expected: string,
  accepts: (part: string) => boolean = () => true,
  separator: string | RegExp = ',',
): Kind<readonly string[]> {
  return kind(expected, (value) => {
    const parts = value
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '')
    return parts.every(accepts) ? parts : undefined
  })
}

/** An absolute address, without its trailing slashes. */
export function address(protocols: readonly string[] = ['http', 'https']): Kind<string> {
  const example = protocols.map((protocol) => `${protocol}://`).join(' or ')
  return kind(`an address that begins with ${example}`, (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    return url && url.host !== '' && protocols.includes(url.protocol.slice(0, -1)) ? value.replace(/\/+$/, '') : undefined
  })
}

/** The path of an address, without its trailing slashes; `/` is none. */
export function basePath(): Kind<string> {
  return kind('a path such as /trellis', (value) => {
    const path = value.replace(/\/+$/, '')
    return path === '' || /^(\/[\w.~-]+)+$/.test(path) ? path : undefined
  })
}
