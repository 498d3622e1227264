import { loadConfig } from '@trellis/config'
import { createEgress } from '@trellis/kit'
import { type CodeCaller, ExtractionError, type Extractor, type FileService, type ToolMessage } from '@trellis/spec'
import { float } from '@trellis/values'
import { FILE_IDENTITY, type FileValue } from '@trellis/variables'
import { afterAll, describe, expect, it } from 'vitest'
import { toNodeLimits } from './node-limits.ts'
import { createWorldServices } from './world-services.ts'

const egress = createEgress({ modelEndpointAllowPrivate: false, allowedHosts: [] })
afterAll(() => egress.close())

const file: FileValue = {
  dify_model_identity: FILE_IDENTITY,
  id: null,
  type: 'document',
  transfer_method: 'local_file',
  remote_url: null,
  reference: 'f',
  related_id: 'f',
  filename: 'a.txt',
  extension: '.txt',
  mime_type: null,
  size: 1,
  url: null,
}
const files: FileService = {
  read: async () => ({ bytes: Buffer.from('hello'), mimeType: 'text/plain' }),
  save: async () => file,
  toContentPart: async () => undefined,
}
const echo: CodeCaller = {
  call: async ({ inputsJson, code }) =>
    code === 'bad'
      ? { ok: false, error: { kind: 'user-error', message: 'line 1' }, mechanism: 'fake' }
      : { ok: true, resultJson: inputsJson, stdout: '', mechanism: 'fake' },
}
const extractor: Extractor = {
  async extract({ bytes, mimeType, filename }) {
    if (filename === 'broken.txt') throw new ExtractionError('broken-file', 'It is damaged.')
    return { format: 'text', text: `${mimeType} ${Buffer.from(bytes)}`, parts: [] }
  },
  supports: () => true,
  close: async () => undefined,
}

function services(env: Record<string, string> = {}) {
  const loaded = loadConfig({ env, cwd: '/nowhere' })
  if (!loaded.ok) throw new Error('the test gives a configuration that is not right')
  const clock = { now: () => Date.UTC(2024, 0, 1) }
  return createWorldServices({ clock, sandbox: echo, egress, extractor, limits: toNodeLimits(loaded.config) })(files)
}

const { signal } = new AbortController()
const time = { providerType: 'builtin', providerId: 'time', providerName: 'time', settings: {} }

async function listen(messages: AsyncIterable<ToolMessage>): Promise<ToolMessage[]> {
  const heard: ToolMessage[] = []
  for await (const message of messages) heard.push(message)
  return heard
}

describe('tools', () => {
  it('built in are described and called; settings of older files are parameters too', async () => {
    const { tools } = services()
    expect((await tools.describe({ ...time, tool: 'current_time' })).parameters).toContainEqual({
      name: 'format',
      type: 'string',
      isRequired: false,
    })
    const request = { ...time, tool: 'current_time', settings: { timezone: 'Asia/Tokyo' }, parameters: { format: '%Y-%m-%d %H:%M %Z' } }
    expect(await listen(tools.call(request, signal))).toEqual([{ type: 'text', text: '2024-01-01 09:00 JST' }])
  })

  it('that are not here are refused by name', async () => {
    const { tools } = services()
    await expect(tools.describe({ ...time, tool: 'sleep' })).rejects.toMatchObject({
      code: 'tool_not_available',
      message: expect.stringContaining('"sleep"'),
    })
    await expect(tools.describe({ ...time, providerType: 'api', tool: 'current_time' })).rejects.toMatchObject({
      code: 'tool_not_available',
    })
  })
})

it('code keeps 1 and 1.0 apart on its way in, and its failures have the name that Dify gives them', async () => {
  const { code } = services()
  expect(await code.call({ language: 'python3', code: '', inputs: { a: 1, b: float(1), c: 'é' } }, signal)).toEqual({
    ok: true,
    resultJson: '{"a": 1, "b": 1.0, "c": "é"}',
    mechanism: 'fake',
  })
  expect(await code.call({ language: 'python3', code: 'bad', inputs: {} }, signal)).toEqual({
    ok: false,
    error: 'line 1',
    errorType: 'CodeExecutionError',
    mechanism: 'fake',
  })
})

it('documents are read from the files of the run, and say what is wrong with them', async () => {
  const { documents } = services()
  expect(await documents.extract(file, signal)).toBe('text/plain hello')
  await expect(documents.extract({ ...file, filename: 'broken.txt' }, signal)).rejects.toMatchObject({
    code: 'document_not_readable',
    message: 'It is damaged.',
  })
})

it('knowledge and agent strategies are refused with what to do', async () => {
  const { knowledge, agents } = services()
  const query = { datasetIds: ['d1'], query: 'q', attachments: [], settings: {} }
  await expect(knowledge.retrieve(query, signal)).rejects.toMatchObject({
    code: 'knowledge_not_available',
    message: expect.stringContaining('d1'),
  })
  await expect(agents.describe({ provider: 'p', strategy: 's' })).rejects.toMatchObject({ code: 'agent_strategy_not_available' })
})

it('limits are those of the configuration (4.6)', () => {
  expect(services().limits).toMatchObject({
    codeMaxStringLength: 400_000,
    codeMaxNumber: 9223372036854775807n,
    httpMaxTextBytes: 1_048_576,
  })
  expect(
    services({ CODE_MAX_DEPTH: '7', CODE_MIN_NUMBER: '-9223372036854775808', HTTP_REQUEST_NODE_SSL_VERIFY: 'false' }).limits,
  ).toMatchObject({
    codeMaxDepth: 7,
    codeMinNumber: -9223372036854775808n,
    httpVerifyTls: false,
  })
})
