import { createEgress } from '@trellis/kit'
import { silentLogger } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeCodeCaller } from '../conformance/describe-code-caller.ts'
import { createSandboxService } from '../service/create-sandbox-service.ts'
import { openLocalBubblewrap, whyNoBubblewrap } from '../testing/local-bubblewrap.ts'
import { createRemote, type Remote } from './create-remote.ts'

const reason = await whyNoBubblewrap()

/** A service of ours and a client of ours, with the wire of dify-sandbox between them. */
async function openRemote(apiKey = 'a key') {
  const bubblewrap = openLocalBubblewrap({ limits: { outputBytes: 32 * 1024 * 1024 } })
  const service = createSandboxService({
    runner: bubblewrap,
    apiKey: 'a key',
    maxRequests: 50,
    allowsPreload: false,
    pythonPackages: async () => [{ name: 'example', version: '1.0' }],
    bodyMaxBytes: 64 * 1024 * 1024,
    logger: silentLogger,
  })
  const url = await service.listen({ host: '127.0.0.1', port: 0 })
  const egress = createEgress({ modelEndpointAllowPrivate: true, allowedHosts: [] })
  const remote = createRemote({ url, apiKey, egress, connectTimeoutMs: 5000, readTimeoutMs: 30_000, outputBytes: 32 * 1024 * 1024 })
  const close = async (): Promise<void> => {
    await service.close()
    await egress.close()
    await bubblewrap.close()
  }
  return { remote, url, close }
}

describe.skipIf(reason !== undefined)('a remote sandbox', () => {
  describeCodeCaller('remote', {
    create: async () => {
      const { remote, close } = await openRemote()
      return { caller: remote, close }
    },
    languages: ['python3', 'javascript'],
    mechanism: 'remote',
    hasOwnLimits: true,
  })

  describe('by its HTTP API', () => {
    let url: string
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await openRemote()
      url = opened.url
      close = opened.close
    })
    afterAll(() => close())
    const send = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${url}${path}`, {
        ...init,
        headers: { 'x-api-key': 'a key', ...(init.body ? { 'content-type': 'application/json' } : {}), ...init.headers },
      })
      const text = await response.text()
      return { status: response.status, text, body: text === '' ? undefined : JSON.parse(text) }
    }
    const run = (body: unknown) => send('/v1/sandbox/run', { method: 'POST', body: JSON.stringify(body) })

    it('tells that it lives to anybody', async () => {
      expect(await send('/health', { headers: { 'x-api-key': 'wrong' } })).toMatchObject({ status: 200, text: '"ok"' })
    })
    it('answers a wrong key with 401 and nothing', async () => {
      expect(await send('/v1/sandbox/run', { method: 'POST', body: '{}', headers: { 'x-api-key': 'wrong' } })).toMatchObject({
        status: 401,
        text: '',
      })
      expect((await send('/v1/sandbox/dependencies?language=python3', { headers: { 'x-api-key': '' } })).status).toBe(401)
    })
    it('runs programs in both languages, and leaves a preload out', async () => {
      expect(await run({ language: 'python3', code: 'print(6 * 7)', preload: 'print("before")', enable_network: true })).toMatchObject({
        status: 200,
        body: { code: 0, message: 'success', data: { stdout: '42\n', stderr: '', error: '', exit_code: 0 } },
      })
      expect((await run({ language: 'nodejs', code: 'console.log(6 * 7)' })).body.data).toMatchObject({ stdout: '42\n', error: '' })
    })
    it('tells of a program that failed, with 200', async () => {
      const { status, body } = await run({
        language: 'python3',
        code: 'import sys\nprint(1)\nprint("words", file=sys.stderr)\nsys.exit(3)',
      })
      expect({ status, body }).toMatchObject({ status: 200, body: { code: 0, data: { stdout: '1\n', exit_code: 3 } } })
      expect(body.data.error).toMatch(/^process exited with code 3: words/)
    })
    it('refuses a body that is not right and a language that it has not', async () => {
      expect(await run({ language: 'python3' })).toMatchObject({ status: 200, body: { code: -400, data: null } })
      expect(await send('/v1/sandbox/run', { method: 'POST', body: '{' })).toMatchObject({ status: 200, body: { code: -400 } })
      expect(await run({ language: 'ruby', code: 'puts 1' })).toMatchObject({
        status: 400,
        body: { code: -400, message: 'unsupported language' },
      })
    })
    it('lists packages', async () => {
      const listed = { body: { code: 0, data: { dependencies: [{ name: 'example', version: '1.0' }] } } }
      expect(await send('/v1/sandbox/dependencies?language=python3')).toMatchObject(listed)
      expect(await send('/v1/sandbox/dependencies/refresh?language=python3')).toMatchObject(listed)
      expect(await send('/v1/sandbox/dependencies/update', { method: 'POST', body: '{"language":"python3"}' })).toMatchObject(listed)
      expect(await send('/v1/sandbox/dependencies?language=nodejs')).toMatchObject({ body: { code: -400 } })
    })
  })
})

describe('a remote sandbox that is not there', () => {
  const { signal } = new AbortController()
  const call = (remote: Remote) => remote.call({ language: 'python3', code: 'def main(): return {}', inputsJson: '{}' }, signal)

  it('is told as unavailable, with the settings to look at', async () => {
    const { remote, close } = await openRemote('another key')
    expect(await call(remote)).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', message: expect.stringMatching(/CODE_EXECUTION_API_KEY/) },
    })
    await close()
    expect(await call(remote)).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', message: expect.stringMatching(/does not answer/) },
    })
  })
})
