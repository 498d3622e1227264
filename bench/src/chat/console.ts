export interface Console {
  addModel(options: { readonly baseAddress: string; readonly model: string }): Promise<void>
  /** Makes and publishes a chatbot. Returns a key of its API. */
  createChatApp(options: { readonly model: string }): Promise<string>
  /** Makes and publishes a workflow. Returns a key of its API. */
  createWorkflowApp(graph: object): Promise<string>
}

const PROVIDER = 'langgenius/openai_api_compatible/openai_api_compatible'
const owner = { email: 'bench@example.com', name: 'Bench', password: 'bench-password-1' }

/** The console API of a server that nobody has set up yet, as its first administrator. */
export async function createConsole(serverUrl: string): Promise<Console> {
  const cookies = new Map<string, string>()

  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${serverUrl}/console/api${path}`, {
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

  const createApp = async (mode: 'chat' | 'workflow'): Promise<{ id: string }> => {
    const app = { name: 'Bench', mode, icon_type: 'emoji', icon: '🏁', icon_background: '#fff' }
    // The shapes of service-api 7.3.
    return (await call('POST', '/apps', app)) as { id: string }
  }
  const openApi = async (appId: string): Promise<string> => {
    await call('POST', `/apps/${appId}/api-enable`, { enable_api: true })
    // Likewise.
    const key = (await call('POST', `/apps/${appId}/api-keys`)) as { token: string }
    return key.token
  }

  await call('POST', '/setup', owner)
  await call('POST', '/login', { email: owner.email, password: Buffer.from(owner.password).toString('base64'), remember_me: true })

  return {
    async addModel({ baseAddress, model }) {
      await call('POST', `/workspaces/current/model-providers/${PROVIDER}/models/credentials`, {
        model,
        model_type: 'llm',
        name: 'bench',
        credentials: {
          api_key: 'sk-bench',
          endpoint_url: baseAddress,
          mode: 'chat',
          context_size: '128000',
          max_tokens_to_sample: '128000',
        },
      })
    },
    async createChatApp({ model }) {
      const app = await createApp('chat')
      await call('POST', `/apps/${app.id}/model-config`, {
        model: { provider: PROVIDER, name: model, mode: 'chat', completion_params: {} },
        pre_prompt: 'Answer in a friendly way.',
        prompt_type: 'simple',
        user_input_form: [],
      })
      return openApi(app.id)
    },
    async createWorkflowApp(graph) {
      const app = await createApp('workflow')
      await call('POST', `/apps/${app.id}/workflows/draft`, {
        graph,
        features: {},
        environment_variables: [],
        conversation_variables: [],
      })
      await call('POST', `/apps/${app.id}/workflows/publish`, {})
      return openApi(app.id)
    },
  }
}
