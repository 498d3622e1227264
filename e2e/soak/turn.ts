import type { Json } from '../console.ts'

export const turnKinds = ['blocking', 'streaming', 'streaming with ids', 'web page'] as const
export type TurnKind = (typeof turnKinds)[number]

/** A way into the app: the Service API in somebody's name, or the published page. */
export interface Door {
  /** `/v1` or `/api`. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Undefined where the passport tells who it is. */
  readonly user: string | undefined
}

/** A turn that is asked for. */
export interface PlannedTurn {
  readonly tag: string
  readonly kind: TurnKind
  readonly door: Door
  readonly conversationId: string | undefined
  /** What the model says in the end. */
  readonly text: string
}

export interface SeenFrame {
  readonly id: string | undefined
  readonly data: Json
}

/** A turn as its caller saw it. */
export interface SeenTurn {
  readonly plan: PlannedTurn
  readonly frames: readonly SeenFrame[]
  /** The blocking answer, where it came. */
  readonly whole: Json | undefined
  /** A refusal with a code, such as one in the middle of a shutdown. */
  readonly refusal: string | undefined
}

export const hasIds = ({ kind }: PlannedTurn): boolean => kind === 'streaming with ids' || kind === 'web page'
export const queryOf = ({ tag }: PlannedTurn): string => `#${tag}#`

/** Asks and listens until the end, or until the server is gone. */
export async function takeTurn(url: string, plan: PlannedTurn, onFrame: (frame: SeenFrame) => void): Promise<SeenTurn> {
  const { door, kind, conversationId } = plan
  const seen = { plan, frames: [] as SeenFrame[], whole: undefined, refusal: undefined }
  try {
    const response = await fetch(`${url}${door.path}/chat-messages`, {
      method: 'POST',
      headers: { ...door.headers, 'content-type': 'application/json', ...(hasIds(plan) ? { 'x-stream-ids': '1' } : {}) },
      body: JSON.stringify({
        inputs: {},
        query: queryOf(plan),
        response_mode: kind === 'blocking' ? 'blocking' : 'streaming',
        auto_generate_name: false,
        ...(door.user === undefined ? {} : { user: door.user }),
        ...(conversationId === undefined ? {} : { conversation_id: conversationId }),
      }),
    })
    if (!response.ok) return { ...seen, refusal: await response.text() }
    if (kind === 'blocking') return { ...seen, whole: await response.json() }
    await readFrames(response, (frame) => {
      seen.frames.push(frame)
      onFrame(frame)
    })
  } catch {
    // The server was killed: what came before counts.
  }
  return seen
}

export interface Stored {
  readonly messageId: string
  readonly query: string
  readonly answer: string
  readonly status: string
  readonly error: string | null
}

/** All turns of a user's, by the server's own lists. */
export async function listTurns(url: string, door: Door): Promise<readonly Stored[]> {
  const user = door.user === undefined ? '' : `&user=${door.user}`
  const conversations = await getJson(url, door, `/conversations?limit=100${user}`)
  const lists = await Promise.all(
    conversations.data.map(({ id }: Json) => getJson(url, door, `/messages?conversation_id=${id}&limit=100${user}`)),
  )
  return lists.flatMap(({ data }) =>
    data.map(({ id, query, answer, status, error }: Json) => ({ messageId: id, query, answer, status, error })),
  )
}

/** Reads a turn's events from behind the frame with that id, or from the start, to their end. */
export async function followTurn(url: string, door: Door, messageId: string, lastId: string | undefined): Promise<readonly SeenFrame[]> {
  const query = door.user === undefined ? '' : `?user=${door.user}`
  const response = await fetch(`${url}${door.path}/messages/${messageId}/events${query}`, {
    headers: { ...door.headers, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
    signal: AbortSignal.timeout(60_000),
  })
  if (!response.ok) throw new Error(`The events of ${messageId} answered ${response.status}: ${await response.text()}`)
  const frames: SeenFrame[] = []
  await readFrames(response, (frame) => frames.push(frame))
  return frames
}

async function getJson(url: string, door: Door, path: string): Promise<Json> {
  const response = await fetch(`${url}${door.path}${path}`, { headers: door.headers })
  if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

async function readFrames(response: Response, onFrame: (frame: SeenFrame) => void): Promise<void> {
  let text = ''
  if (!response.body) return
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      const data = lines.find((line) => line.startsWith('data: '))
      if (data) onFrame({ id: lines.find((line) => line.startsWith('id: '))?.slice(4), data: JSON.parse(data.slice(6)) })
    }
  }
}
