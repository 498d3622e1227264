import type { FakeBehaviour, FakeRequest } from '../../tools/fake-openai/index.ts'
import { checkTurn, type Standing } from './check-turn.ts'
import type { Installation } from './installation.ts'
import type { Random } from './random.ts'
import {
  type Door,
  followTurn,
  hasIds,
  listTurns,
  type PlannedTurn,
  queryOf,
  type SeenFrame,
  type SeenTurn,
  type Stored,
  takeTurn,
  turnKinds,
} from './turn.ts'

export interface App {
  readonly key: string
  readonly code: string
}

/** What the model says to whom, by the tag in the question. */
export type Script = Map<string, Partial<FakeBehaviour>>

export function respond(script: Script, { body }: FakeRequest): Partial<FakeBehaviour> | undefined {
  const tag = /#([\w.]+)#/.exec(JSON.stringify(body?.messages?.at(-1)?.content))?.[1]
  return tag === undefined ? undefined : script.get(tag)
}

export const killMoments = ['at the question', 'in mid-stream', 'around the end'] as const

export interface RoundResult {
  readonly moment: (typeof killMoments)[number]
  readonly startMs: number
  readonly standings: readonly Standing[]
  readonly complaints: readonly string[]
}

/** Longest that a kill waits for its moment. */
const MOMENT_TIMEOUT_MS = 5_000

/** Callers ask, the server is killed at some moment and comes back; then everything is held against what the callers saw. */
export async function playRound(
  { installation, app, script }: { readonly installation: Installation; readonly app: App; readonly script: Script },
  { name, random }: { readonly name: string; readonly random: Random },
): Promise<RoundResult> {
  const victim = random.between(0, installation.servers.length - 1)
  const urlOf = (index: number): string => installation.servers[index]?.url ?? ''
  const doors = await openDoors(urlOf(victim), app, name)
  const plans = await planTurns(urlOf(victim), { doors, script, random, name })

  const moment = random.pick(killMoments)
  const trigger = createTrigger(moment, random)
  const witness = (victim + 1) % installation.servers.length
  const followers = createFollowers(witness === victim ? undefined : urlOf(witness))
  const onFrame = (plan: PlannedTurn, frame: SeenFrame): void => {
    trigger.onFrame(plan, frame.data)
    followers.onFrame(plan, frame)
  }
  const asking = Promise.all(plans.map((plan) => takeTurn(urlOf(victim), plan, (frame) => onFrame(plan, frame))))
  await trigger.reached
  const restarting = installation.killAndRestart(victim)
  const seen = await asking
  // In a cluster the others take over without waiting for the one that comes back.
  if (witness === victim) await restarting
  const complaints: string[] = []
  const running = witness === victim ? installation.countRunning() : undefined
  if (running) complaints.push(`${running} runs count as running after the start`)
  const checks = await Promise.all(doors.all.map((door) => checkDoor(urlOf(witness), door, { seen, followers })))
  const startMs = await restarting
  complaints.push(...checks.flatMap((check) => check.complaints))
  complaints.push(...(await goOn(urlOf(victim), { seen, script, name })))
  complaints.push(...findErrors(installation))
  return { moment, startMs, standings: checks.flatMap((check) => check.standings), complaints }
}

interface Doors {
  readonly service: Door
  readonly page: Door
  readonly all: readonly Door[]
}

async function openDoors(url: string, { key, code }: App, name: string): Promise<Doors> {
  const response = await fetch(`${url}/api/passport`, { headers: { 'x-app-code': code } })
  // The shape of service-api 6: one field.
  const { access_token } = (await response.json()) as { access_token: string }
  const service: Door = { path: '/v1', headers: { authorization: `Bearer ${key}` }, user: name }
  const page: Door = {
    path: '/api',
    headers: { 'x-app-code': code, 'x-app-passport': access_token, authorization: `Bearer ${access_token}` },
    user: undefined,
  }
  return { service, page, all: [service, page] }
}

interface PlanOptions {
  readonly doors: Doors
  readonly script: Script
  readonly random: Random
  readonly name: string
}

/** One turn of each kind and some more; the first goes on in a conversation that there is already. */
async function planTurns(url: string, { doors, script, random, name }: PlanOptions): Promise<readonly PlannedTurn[]> {
  const planTurn = (index: number, kind: PlannedTurn['kind'], conversationId: string | undefined): PlannedTurn => {
    const tag = `${name}.${index}`
    const text = Array.from({ length: random.between(3, 60) }, (_, word) => `${tag}.${word}`).join(' ')
    script.set(tag, { text, rate: random.between(40, 400), first: random.between(0, 50) })
    return { tag, kind, door: kind === 'web page' ? doors.page : doors.service, conversationId, text }
  }
  const opening = await takeTurn(url, planTurn(0, 'blocking', undefined), () => undefined)
  if (!opening.whole) throw new Error(`A first turn was not answered: ${opening.refusal}`)
  const more = Array.from({ length: random.between(0, 3) }, () => random.pick(turnKinds))
  return [
    planTurn(1, 'streaming with ids', opening.whole.conversation_id),
    ...[...turnKinds, ...more].map((kind, index) => planTurn(index + 2, kind, undefined)),
  ]
}

/** Resolves when it is time to kill. */
function createTrigger(moment: RoundResult['moment'], random: Random) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const delayMs = {
    'at the question': random.between(0, 25),
    'in mid-stream': random.between(0, 700),
    'around the end': random.between(0, 20),
  }[moment]
  // Half of the ends are met just before, half just after.
  const isBefore = random.next() < 0.5
  const fire = (): void => void setTimeout(resolve, delayMs)
  if (moment === 'at the question') fire()
  const timer = setTimeout(resolve, MOMENT_TIMEOUT_MS)
  return {
    reached: promise.finally(() => clearTimeout(timer)),
    onFrame(plan: PlannedTurn, data: { readonly event: string; readonly answer?: string }): void {
      const isLastWord = data.event === 'message' && plan.text.endsWith(data.answer ?? '')
      if (moment === 'in mid-stream' || (moment === 'around the end' && (isBefore ? isLastWord : data.event === 'message_end'))) fire()
    },
  }
}

interface Followers {
  onFrame(plan: PlannedTurn, frame: SeenFrame): void
  /** What came of following the turn; undefined where nobody did. */
  find(plan: PlannedTurn): Promise<readonly SeenFrame[]> | undefined
}

/** In a cluster every stream is read by somebody at the other process too, from its first frame on. */
function createFollowers(url: string | undefined): Followers {
  const followed = new Map<PlannedTurn, Promise<readonly SeenFrame[]>>()
  return {
    find: (plan) => followed.get(plan),
    onFrame(plan, { data }) {
      if (url === undefined || followed.has(plan)) return
      followed.set(plan, followTurn(url, plan.door, data.message_id, undefined))
    },
  }
}

async function checkDoor(
  url: string,
  door: Door,
  { seen, followers }: { readonly seen: readonly SeenTurn[]; readonly followers: Followers },
) {
  const turns = seen.filter(({ plan }) => plan.door === door)
  const standings: Standing[] = []
  const complaints: string[] = []
  // Reading the events to their end waits for a run that another process has yet to give up.
  const found = await listTurns(url, door)
  const rests = new Map(
    await Promise.all(
      found.map(async ({ messageId, query }) => {
        const turn = turns.find(({ plan }) => queryOf(plan) === query)
        const lastId = turn && hasIds(turn.plan) ? turn.frames.at(-1)?.id : undefined
        return [query, await followTurn(url, door, messageId, lastId)] as const
      }),
    ),
  )
  const stored = new Map((await listTurns(url, door)).map((turn) => [turn.query, turn]))
  for (const turn of turns) {
    const { plan, refusal } = turn
    const checked = checkTurn(turn, stored.get(queryOf(plan)), rests.get(queryOf(plan)) ?? [])
    const complain = (complaint: string): number => complaints.push(`${plan.kind} turn ${plan.tag}: ${complaint}`)
    standings.push(checked.standing)
    checked.complaints.forEach(complain)
    const followed = await followers.find(plan)
    if (followed) checkFollowed(turn, stored.get(queryOf(plan)), followed).forEach(complain)
    if (refusal !== undefined) complaints.push(`${plan.kind} turn ${plan.tag} was refused: ${refusal}`)
  }
  return { standings, complaints }
}

/** Who read along elsewhere has the same truth in the end. */
const checkFollowed = (turn: SeenTurn, stored: Stored | undefined, followed: readonly SeenFrame[]): readonly string[] =>
  checkTurn({ ...turn, frames: [], whole: undefined }, stored, followed).complaints.map((complaint) => `read elsewhere: ${complaint}`)

/** The conversation that was cut off takes a new turn. */
async function goOn(
  url: string,
  { seen, script, name }: { readonly seen: readonly SeenTurn[]; readonly script: Script; readonly name: string },
): Promise<readonly string[]> {
  const cut = seen.find(({ plan }) => plan.conversationId !== undefined)
  if (!cut) return []
  const tag = `${name}.again`
  script.set(tag, { text: 'Here I am again' })
  const turn = await takeTurn(url, { ...cut.plan, tag, kind: 'blocking', text: 'Here I am again' }, () => undefined)
  script.clear()
  return turn.whole?.answer === 'Here I am again'
    ? []
    : [`the conversation takes no new turn: ${turn.refusal ?? JSON.stringify(turn.whole)}`]
}

const findErrors = ({ servers }: Installation): string[] =>
  servers.flatMap(({ output }) =>
    output()
      .split('\n')
      .filter((line) => /"level":"?(50|60|error|fatal)|uncaught|unhandled/i.test(line)),
  )
