import { startFakeOpenai } from '../../../../../../tools/fake-openai/index.ts'
import { administrator, type ConsoleSession, startTestServer, type TestServer } from '../../test-server.ts'
import { fakeToolProviders } from './fake-tools.ts'
import { startFakeWeb } from './fake-web.ts'
import type { ExpectedRun } from './outcome.ts'

const PROVIDER = 'langgenius/openai_api_compatible/openai_api_compatible'

/** A server among fakes of all that its runs ask. */
export interface OutcomeStage {
  readonly server: TestServer
  readonly session: ConsoleSession
  /** Where the fake endpoint listens. */
  readonly web: string
  /** A model of the workspace, which stands in for those that files name. */
  readonly model: { readonly provider: string; readonly model: string }
  /** Why this machine runs no Python; undefined where it does. */
  readonly whyNoCode: string | undefined
  /** Models answer as the run says from now on. */
  listenTo(run: ExpectedRun): void
  close(): Promise<void>
}

/** `workers`: nodes of a run that may execute at a time. */
export async function openStage(workers: number): Promise<OutcomeStage> {
  let current: ExpectedRun | undefined
  const web = await startFakeWeb()
  const provider = await startFakeOpenai({
    respond: ({ body }) => ({ text: textFor(current?.says, JSON.stringify(body?.messages)), fault: current?.fault }),
  })
  const server = await startTestServer({
    env: { GRAPH_ENGINE_MAX_WORKERS: String(workers), EGRESS_ALLOWED_HOSTS: '127.0.0.1' },
    toolProviders: fakeToolProviders,
  })
  const session = await server.setup(administrator)
  await session.send('POST', `/workspaces/current/model-providers/${PROVIDER}/models/credentials`, {
    model: 'fake',
    model_type: 'llm',
    credentials: { api_key: 'sk-secret-0123456789', endpoint_url: provider.url, mode: 'chat', context_size: '8192' },
  })
  const python = (await server.process.platform.sandbox.mechanisms()).find(({ language }) => language === 'python3')
  return {
    server,
    session,
    web: web.url,
    model: { provider: PROVIDER, model: 'fake' },
    whyNoCode: python?.name === 'none' ? python.description : undefined,
    listenTo(run) {
      current = run
    },
    async close() {
      await server.close()
      await provider.close()
      await web.close()
    },
  }
}

function textFor(says: ExpectedRun['says'], prompt: string): readonly string[] | undefined {
  if (says === undefined || isPieces(says)) return says
  return Object.entries(says).find(([part]) => prompt.includes(part))?.[1]
}

const isPieces = (says: NonNullable<ExpectedRun['says']>): says is readonly string[] => Array.isArray(says)
