import type { ErrorObject } from 'ajv'
import type { Json } from '../console.ts'
import type { DescribedReply, Description } from './description.ts'

/** One call and its reply. */
export interface Exchange {
  /** As the description calls it. */
  readonly operation: string
  /** What was tried, for people. */
  readonly title: string
  readonly status: number
  /** Without parameters; empty where there was no content. */
  readonly contentType: string
  /** Parsed JSON, the frames of a stream, or undefined. */
  readonly body: Json
}

/** A place where a reply differs from its description. */
export interface Fault {
  readonly operation: string
  readonly title: string
  readonly status: number
  /** `/data[]/introduction`, after the event's name where it is a frame: `message_end/metadata`. */
  readonly at: string
  readonly what: string
}

const FOLLOW = 'GET /workflow/{workflow_run_id}/events'

/** Names of the schemas that describe an operation's frames. The description ties the two together in prose only. */
const frameFamilies: Readonly<Record<string, string>> = {
  'POST /chat-messages': 'ChunkChatEvent',
  'POST /completion-messages': 'ChunkCompletionEvent',
  'POST /workflows/run': 'ChunkWorkflowEvent',
  'POST /workflows/{workflow_id}/run': 'ChunkWorkflowEvent',
  [FOLLOW]: 'ChunkWorkflowEvent',
}

/** Where the reply of an exchange differs from what is described of its operation, which must be described. */
export function judge(description: Description, exchange: Exchange): Fault[] {
  const { operation, title, status } = exchange
  const reply = description.operations.get(operation)?.replies.get(status)
  const differences = reply ? compareReply(description, exchange, reply) : [{ at: '', what: `status ${status} is not described` }]
  const faults = differences.map(({ at, what }) => ({ operation, title, status, at, what }))
  const seen = new Map(faults.map((fault) => [`${fault.at} ${fault.what}`, fault]))
  return [...seen.values()]
}

interface Difference {
  readonly at: string
  readonly what: string
}

function compareReply(description: Description, exchange: Exchange, { schemas, codes }: DescribedReply): Difference[] {
  const { status, contentType, body } = exchange
  if (status >= 400) return compareError(exchange, codes)
  const [onlyType, ...otherTypes] = schemas.keys()
  if (onlyType === undefined) return contentType === '' && body === undefined ? [] : [{ at: '', what: 'no content is described' }]
  // Files come in types of their own.
  if (onlyType === 'application/octet-stream' && otherTypes.length === 0) return []
  if (!schemas.has(contentType)) return [{ at: '', what: `content type ${contentType || '(none)'} is not described` }]
  if (contentType === 'text/event-stream') return compareFrames(description, exchange)
  const schema = schemas.get(contentType)
  return schema ? compareValue(description, schema, body) : []
}

function compareError({ status, contentType, body }: Exchange, codes: readonly string[]): Difference[] {
  if (contentType !== 'application/json') return [{ at: '', what: `an error of type ${contentType || '(none)'}` }]
  const wrong = Object.entries({ code: 'string', message: 'string', status: 'number' }).filter(([key, type]) => typeof body?.[key] !== type)
  if (wrong.length > 0) return wrong.map(([key, type]) => ({ at: `/${key}`, what: `must be ${type}` }))
  if (body.status !== status) return [{ at: '/status', what: 'differs from the status of HTTP' }]
  return codes.length === 0 || codes.includes(body.code) ? [] : [{ at: '/code', what: `${body.code} is not described` }]
}

function compareFrames(description: Description, { operation, body: frames }: Exchange): Difference[] {
  // Runs of both kinds are followed by one operation; those of chatflows belong to a conversation.
  const isOfChat = operation === FOLLOW && frames.some((frame: Json) => 'conversation_id' in frame)
  const family = isOfChat ? 'ChunkChatEvent' : (frameFamilies[operation] ?? '')
  return frames.flatMap((frame: Json) => {
    const schema = description.findFrameSchema(family, frame.event)
    if (!schema) return [{ at: frame.event, what: 'no such event is described' }]
    return compareValue(description, schema, frame).map(({ at, what }) => ({ at: `${frame.event}${at}`, what }))
  })
}

function compareValue(description: Description, schema: Json, value: Json): Difference[] {
  const validate = description.compile(schema)
  const wrong = validate(value) ? [] : (validate.errors ?? []).map(describeError)
  return [...wrong, ...findMissing(description, schema, value, '')]
}

const describeError = ({ instancePath, message, data, schema, keyword }: ErrorObject): Difference => ({
  at: instancePath.replace(/\/\d+(?=\/|$)/g, '[]'),
  what: data === null ? `null where ${keyword === 'type' ? schema : 'something else'} is described` : (message ?? keyword),
})

/** The description marks hardly anything as required, yet its readers count on every key: each that it names should be there. */
function findMissing(description: Description, given: Json, value: Json, at: string): Difference[] {
  const schema = description.resolve(given)
  if (schema === undefined || value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap((item) => findMissing(description, schema.items, item, `${at}[]`))
  const own = Object.entries<Json>(schema.properties ?? {}).flatMap(([key, property]) =>
    key in value ? findMissing(description, property, value[key], `${at}/${key}`) : [{ at: `${at}/${key}`, what: 'is missing' }],
  )
  return [...own, ...(schema.allOf ?? []).flatMap((part: Json) => findMissing(description, part, value, at))]
}
