import type { Json } from '../console.ts'
import type { Kind, World } from './world.ts'

/** A turn or a run as the console's log has it. */
export interface Logged {
  /** The question, or what was put into the form. */
  readonly asked: string
  readonly answer: string
  readonly status: string
}

/** Everything that an app's log has. */
export function readLog(world: World, kind: Kind): Promise<readonly Logged[]> {
  if (kind === 'workflow') return readRuns(world)
  return kind === 'text' ? readTexts(world) : readMessages(world, kind)
}

async function readMessages({ console, apps }: World, kind: 'chat' | 'chatflow'): Promise<readonly Logged[]> {
  const path = `/apps/${apps[kind].id}`
  const { data: conversations } = await console.call('GET', `${path}/chat-conversations?limit=100`)
  const lists = await Promise.all(
    conversations.map(({ id }: Json) => console.call('GET', `${path}/chat-messages?conversation_id=${id}&limit=100`)),
  )
  return lists.flatMap(({ data }) => data.map(toLogged))
}

async function readTexts({ console, apps }: World): Promise<readonly Logged[]> {
  const path = `/apps/${apps.text.id}/completion-conversations`
  const { data } = await console.call('GET', `${path}?limit=100`)
  const details: Json[] = await Promise.all(data.map(({ id }: Json) => console.call('GET', `${path}/${id}`)))
  return details.map(({ message }) => toLogged(message))
}

async function readRuns({ console, apps }: World): Promise<readonly Logged[]> {
  const path = `/apps/${apps.workflow.id}`
  const { data } = await console.call('GET', `${path}/workflow-app-logs?limit=100`)
  const runs: Json[] = await Promise.all(data.map((log: Json) => console.call('GET', `${path}/workflow-runs/${log.workflow_run.id}`)))
  return runs.map(({ inputs, outputs, status }) => ({ asked: JSON.stringify(inputs), answer: outputs?.TEXT ?? '', status }))
}

const toLogged = ({ query, inputs, answer, status }: Json): Logged => ({ asked: `${query} ${JSON.stringify(inputs)}`, answer, status })
