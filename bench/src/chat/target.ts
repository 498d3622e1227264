import { pathOf } from '../paths.ts'
import { type Child, readUrl, startChild } from '../process/child.ts'

/** What the load client calls: the provider itself, the limit, or Trellis. */
export interface Target {
  readonly name: 'provider' | 'limit' | 'trellis'
  readonly child: Child
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly textKey: 'content' | 'answer'
  readonly body: string
}

const json = { 'content-type': 'application/json' }
const QUESTION = 'Tell me in a few words how the day has been.'

/** The fake provider, called directly. Its statistics stay at zero requests kept, so that it does not grow. */
export async function startProvider(): Promise<Target> {
  const child = startChild(pathOf('tools/fake-openai/cli.ts'), ['--keep', '0'])
  const messages = [{ role: 'user', content: QUESTION }]
  const body = { model: 'fake', stream: true, stream_options: { include_usage: true }, messages, user: 'bench-%USER%' }
  return {
    name: 'provider',
    child,
    url: `${await readUrl(child)}/chat/completions`,
    headers: json,
    textKey: 'content',
    body: JSON.stringify(body),
  }
}

/** The bare proxy before that provider. */
export async function startLimit(provider: Target, nodeOptions: readonly string[] = []): Promise<Target> {
  const child = startChild(pathOf('bench/src/limit/raw-proxy.ts'), [baseAddressOf(provider)], { nodeOptions })
  return { name: 'limit', child, url: `${await readUrl(child)}/v1/chat-messages`, headers: json, textKey: 'answer', body: chatBody }
}

/** A new conversation each time. Its name is not asked of the model: that would be tokens which no caller counts. */
export const chatBody = JSON.stringify({
  inputs: {},
  query: QUESTION,
  response_mode: 'streaming',
  conversation_id: '',
  user: 'bench-%USER%',
  auto_generate_name: false,
})

export const baseAddressOf = (provider: Target): string => provider.url.replace(/\/chat\/completions$/, '')
