import { execFile } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newVariable } from '../app/user-input-form.ts'
import { createSample, exampleInputs, type SampleInput, toPython } from './code-samples.ts'

const run = promisify(execFile)
const variables = [
  { ...newVariable('topic'), label: 'It\'s a "topic" $HOME 你好' },
  { ...newVariable('count', 'number'), defaultValue: '3' },
  { ...newVariable('tone', 'select'), options: ['warm', 'plain'] },
  { ...newVariable('short', 'checkbox') },
]

/** Answers as the Service API does and keeps what it was asked. */
let server: Server
let baseUrl: string
let requests: { url: string | undefined; authorization: string | undefined; body: Record<string, unknown> }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      const body: Record<string, unknown> = JSON.parse(text)
      requests.push({ url: request.url, authorization: request.headers.authorization, body })
      if (body['response_mode'] === 'blocking') return response.end(JSON.stringify({ answer: 'Grüße 你好' }))
      response.setHeader('content-type', 'text/event-stream; charset=utf-8')
      for (const answer of ['Grüße ', '你好']) response.write(`data: ${JSON.stringify({ event: 'message', answer })}\n\n`)
      return response.end('event: ping\n\ndata: {"event":"message_end"}\n\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  baseUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const base = (): SampleInput => ({
  language: 'curl',
  variant: 'http',
  isStreaming: false,
  mode: 'chat',
  baseUrl,
  apiKey: 'app-test',
  variables,
  query: "What's up?",
})

async function execute(sample: string, language: SampleInput['language']): Promise<string> {
  if (language === 'curl') return (await run('bash', ['-c', sample])).stdout
  if (language === 'python') return (await run('python3', ['-c', sample], { env: { ...process.env, PYTHONIOENCODING: 'utf-8' } })).stdout
  return (await run(process.execPath, ['--input-type=module', '-e', sample])).stdout
}

const hasProgram = (program: string, args: string[]) =>
  run(program, args).then(
    () => true,
    () => false,
  )

describe.each(['curl', 'javascript', 'python'] as const)('the %s sample over HTTP', (language) => {
  it.each([
    { mode: 'chat', isStreaming: false },
    { mode: 'chat', isStreaming: true },
    { mode: 'completion', isStreaming: false },
    { mode: 'completion', isStreaming: true },
  ] as const)('runs as copied ($mode, streaming $isStreaming)', async ({ mode, isStreaming }) => {
    const isThere =
      language === 'javascript' ||
      (await hasProgram(language === 'curl' ? 'curl' : 'python3', language === 'curl' ? ['--version'] : ['-c', 'import requests']))
    if (!isThere) return
    requests = []
    const output = await execute(createSample({ ...base(), language, mode, isStreaming }).code, language)
    if (language === 'curl') expect(output).toContain('你好')
    else expect(output.trim()).toBe('Grüße 你好')
    expect(requests).toEqual([
      {
        url: `/v1/${mode}-messages`,
        authorization: 'Bearer app-test',
        body: {
          inputs: { topic: 'It\'s a "topic" $HOME 你好', count: 3, tone: 'warm', short: false },
          ...(mode === 'chat' && { query: "What's up?" }),
          response_mode: isStreaming ? 'streaming' : 'blocking',
          user: 'user-123',
        },
      },
    ])
  })
})

describe('the samples for client libraries', () => {
  it('name the client of the mode and the address', () => {
    const npm = createSample({ ...base(), language: 'javascript', variant: 'client' }).code
    expect(npm).toContain(`new ChatClient("app-test", "${baseUrl}")`)
    expect(npm).toContain(`client.createChatMessage(inputs, "What's up?", "user-123", false)`)
    const pip = createSample({ ...base(), language: 'python', variant: 'client', mode: 'completion' }).code
    expect(pip).toContain('from dify_client import CompletionClient')
    expect(pip).toContain(`client.base_url = "${baseUrl}"`)
    expect(pip).toContain('client.create_completion_message(inputs, "blocking", "user-123")')
  })
})

describe('exampleInputs', () => {
  it('keeps to the limits of the form', () => {
    expect(exampleInputs([{ ...newVariable('code'), label: 'A long label', maxLength: 4 }])).toEqual({ code: 'A lo' })
  })
})

describe('toPython', () => {
  it('writes literals', () => {
    expect(toPython({ a: true, b: null, c: { d: 'x' } })).toBe(
      '{\n    "a": True,\n    "b": None,\n    "c": {\n        "d": "x",\n    },\n}',
    )
    expect(toPython({})).toBe('{}')
  })
})
