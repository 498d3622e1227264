import type { Browser } from 'playwright-core'
import { type FakeBehaviour, type FakeRequest, startFakeOpenai } from '../../tools/fake-openai/index.ts'
import { type Console, PROVIDER, setUp } from '../console.ts'
import { type Installation, startCluster, startSingle } from '../soak/installation.ts'
import { talking, writing } from '../workflow-graphs.ts'
import { type Gate, openGate } from './gate.ts'
import { wordsOf } from './judge.ts'

export const kinds = ['chat', 'chatflow', 'text', 'workflow'] as const
export type Kind = (typeof kinds)[number]

export interface PublishedApp {
  readonly id: string
  /** Of its page, below the server's address. */
  readonly path: string
}

/** The built server with a page of each kind and its provider. */
export interface World {
  readonly browser: Browser
  readonly installation: Installation
  readonly apps: Readonly<Record<Kind, PublishedApp>>
  /** The console, whichever server serves. */
  readonly console: Console
  /** A way of a browser's own to the server of that index. */
  openGate(index?: () => number): Promise<Gate>
  /** Makes up the answer to the question that holds `#tag#`. */
  script(tag: string, answer: ScriptedAnswer): void
  /** Lets an answer go on that is held. */
  release(tag: string): void
  /** How often the provider was asked that question for an answer. */
  countAsks(tag: string): number
  /** What is heavy is done one after the other. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>
  close(options: { readonly isKept: boolean }): Promise<void>
}

export interface ScriptedAnswer {
  readonly words: number
  /** Words a second. */
  readonly rate: number
  /** It stops after so many words until it is released; 0 keeps the first one back. */
  readonly heldAfter?: number
}

interface Script {
  readonly behaviour: Partial<FakeBehaviour>
  readonly release: () => void
}

const MODEL = 'telling'
/** Runs that are still open when the server is asked to go have so long for their end. */
const GRACE_SECONDS = '10'

export interface WorldOptions {
  readonly browser: Browser
  readonly isCluster: boolean
}

export async function createWorld({ browser, isCluster }: WorldOptions): Promise<World> {
  const answers = new Map<string, Script>()
  const provider = await startFakeOpenai({ respond: (request) => answerTo(answers, request), keepRequests: 10_000 })
  const installation = await (isCluster ? startCluster() : startSingle({ SHUTDOWN_GRACE_SECONDS: GRACE_SECONDS }))
  const gates: Gate[] = []
  let last: Promise<unknown> = Promise.resolve()
  const open = async (index = () => 0): Promise<Gate> => {
    const gate = await openGate(() => installation.servers[index()]?.url ?? '')
    gates.push(gate)
    return gate
  }
  const close: World['close'] = async (options) => {
    for (const gate of gates) await gate.close()
    await installation.close(options)
    await provider.close()
  }
  try {
    const office = await open()
    const console = await setUp({ url: office.url, provider: { url: provider.url, behave: () => undefined } })
    await console.addModel(MODEL)
    const apps = await publishApps(console)
    return {
      browser,
      installation,
      apps,
      console,
      openGate: open,
      script: (tag, answer) => void answers.set(tag, toScript(tag, answer)),
      release: (tag) => answers.get(tag)?.release(),
      countAsks: (tag) => provider.requests.filter((request) => tagOf(request) === tag).length,
      inTurn(work) {
        const result = last.then(work, work)
        last = result
        return result
      },
      close,
    }
  } catch (error) {
    await close({ isKept: false })
    throw error
  }
}

/** The tag of a question. Whoever wants a name for the conversation tells it among other words. */
function tagOf({ body }: FakeRequest): string | undefined {
  const content = body?.messages?.at(-1)?.content
  return /^(?:Tell me )?#([a-z]+)#$/.exec(typeof content === 'string' ? content.trim() : '')?.[1]
}

/** There is no name in what is said to anything but questions. */
function answerTo(answers: ReadonlyMap<string, Script>, request: FakeRequest): Partial<FakeBehaviour> | undefined {
  return answers.get(tagOf(request) ?? '')?.behaviour ?? { text: '' }
}

function toScript(tag: string, { words, rate, heldAfter }: ScriptedAnswer): Script {
  const { promise, resolve } = Promise.withResolvers<void>()
  const hold = heldAfter === undefined ? undefined : { after: heldAfter, until: promise }
  return { behaviour: { text: wordsOf(tag, words), rate, hold }, release: resolve }
}

async function publishApps(console: Console): Promise<Record<Kind, PublishedApp>> {
  const model = { provider: PROVIDER, name: MODEL }
  const topic = { 'text-input': { label: 'topic', variable: 'topic', required: true, max_length: 48 } }
  const [chat, text, workflow, chatflow] = [
    await console.createApp({ name: 'Chat', mode: 'chat', model: MODEL }),
    await console.createApp({
      name: 'Text',
      mode: 'completion',
      model: MODEL,
      config: { pre_prompt: '{{topic}}', user_input_form: [topic] },
    }),
    await console.createWorkflow('Workflow', writing(model)),
    await console.createWorkflow('Chatflow', talking(model), { mode: 'advanced-chat' }),
  ]
  const publish = async ({ id }: { readonly id: string }, path: string): Promise<PublishedApp> => {
    const { site } = await console.call('GET', `/apps/${id}`)
    return { id, path: `/${path}/${site.code}` }
  }
  return {
    chat: await publish(chat, 'chat'),
    chatflow: await publish(chatflow, 'chat'),
    text: await publish(text, 'completion'),
    workflow: await publish(workflow, 'workflow'),
  }
}
