import type { BuiltServer } from './server.ts'

export const owner = { email: 'owner@example.com', name: 'Owner', password: 'a long password 1' }

/** The console API in the name of the first administrator. */
export interface Console {
  /** The parsed answer. @throws where it is no 2xx */
  call(method: string, path: string, body?: object): Promise<Json>
  /** A model of the server's fake provider, which sees pictures. Its name chooses its behaviour (`provider.behave`). */
  addModel(model: string, type?: 'llm' | 'speech2text' | 'tts'): Promise<void>
  /** Published, with its API on. */
  createApp(app: NewApp): Promise<App>
  /** A workflow app of this graph, or a chatflow, published, with its API on. */
  createWorkflow(name: string, graph: object, kind?: WorkflowKind): Promise<App>
  /** Puts another graph into the draft of a workflow app and publishes it. */
  publish(app: Pick<App, 'id'>, graph: object): Promise<void>
}

export interface NewApp {
  readonly name: string
  readonly mode: 'chat' | 'completion'
  /** A model made with `addModel`, or any provider's; the demo's where absent. */
  readonly model?: string | { readonly provider: string; readonly name: string }
  /** Keys of `POST model-config` besides the model. */
  readonly config?: object
}

export interface WorkflowKind {
  readonly mode: 'workflow' | 'advanced-chat'
  /** Keys of its draft besides the graph. */
  readonly draft?: object
}

export interface App {
  readonly id: string
  readonly key: string
}

// Answers of the API under test: whoever reads them asserts their shape.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Json = any

/** Whose models `addModel` makes. */
export const PROVIDER = 'langgenius/openai_api_compatible/openai_api_compatible'

interface ConsoleSource extends Pick<BuiltServer, 'url'> {
  readonly provider: Pick<BuiltServer['provider'], 'url' | 'behave'>
}

/** Makes the first administrator of a server that nobody has set up yet, and signs in. */
export async function setUp({ url, provider }: ConsoleSource): Promise<Console> {
  const call = createCaller(`${url}/console/api`)
  const publish = async ({ id }: Pick<App, 'id'>, graph: object, more: object = {}): Promise<void> => {
    const draft = await call('GET', `/apps/${id}/workflows/draft`)
    await call('POST', `/apps/${id}/workflows/draft`, { ...draft, ...more, graph })
    await call('POST', `/apps/${id}/workflows/publish`, {})
  }
  await call('POST', '/setup', owner)
  await call('POST', '/login', { email: owner.email, password: Buffer.from(owner.password).toString('base64') })
  return {
    call,
    async addModel(model, model_type = 'llm') {
      const credentials = { api_key: 'sk-e2e', endpoint_url: provider.url, mode: 'chat', context_size: '32000', vision_support: 'support' }
      await call('POST', `/workspaces/current/model-providers/${PROVIDER}/models/credentials`, {
        model,
        model_type,
        credentials: { ...credentials, ...(model_type === 'tts' ? { voices: 'alloy, nova' } : {}) },
      })
    },
    async createApp({ name, mode, model = { provider: 'demo', name: 'demo-chat' }, config = {} }) {
      const app = await call('POST', '/apps', {
        name,
        mode,
        description: `${name}, made by a test`,
        icon_type: 'emoji',
        icon: '🧪',
        icon_background: '#fff',
      })
      const choice = typeof model === 'string' ? { provider: PROVIDER, name: model } : model
      const chosen = { ...choice, mode: 'chat', completion_params: {} }
      await call('POST', `/apps/${app.id}/model-config`, { ...app.model_config, model: chosen, ...config })
      const { token } = await call('POST', `/apps/${app.id}/api-keys`)
      return { id: app.id, key: token }
    },
    publish,
    async createWorkflow(name, graph, { mode, draft } = { mode: 'workflow' }) {
      const { id } = await call('POST', '/apps', { name, mode, icon_type: 'emoji', icon: '🧪', icon_background: '#fff' })
      await publish({ id }, graph, draft)
      const { token } = await call('POST', `/apps/${id}/api-keys`)
      return { id, key: token }
    },
  }
}

/** Keeps cookies from call to call and sends the CSRF token along, as the browser does. */
function createCaller(base: string): Console['call'] {
  const cookies = new Map<string, string>()
  return async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-csrf-token': cookies.get('csrf_token') ?? '',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s)
      cookies.set(name, value)
    }
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
    return text === '' ? undefined : JSON.parse(text)
  }
}
