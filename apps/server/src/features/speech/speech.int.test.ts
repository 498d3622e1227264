import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { callerIn } from '../../testing/model-callers.ts'
import { type ConsoleSession, sendJson, startTestServer, type TestApp, type TestServer } from '../../testing/test-server.ts'

const on = { speech_to_text: { enabled: true }, text_to_speech: { enabled: true, voice: 'coral', language: 'en-US' } }

describe('apps that hear and speak', () => {
  let server: TestServer
  let session: ConsoleSession
  let provider: FakeOpenai
  let app: TestApp
  let mute: TestApp
  let passport: string

  beforeAll(async () => {
    provider = await startFakeOpenai({ text: 'Good **day**', retry: 0, respond: faultOf })
    server = await startTestServer()
    session = await server.setup()
    // Before any key is there: nothing hears.
    mute = await server.createApp(session, { mode: 'completion' })
    const { model_config: config } = (await session.send('GET', `/apps/${mute.id}`)).body
    const publish = await session.send('POST', `/apps/${mute.id}/model-config`, { ...config, ...on })
    expect(publish).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'text_to_speech' } })
    expect(publish.body.details).toEqual({ reason: 'model_missing', values: { type: 'tts' } })
    const trial = await session.send('POST', `/apps/${mute.id}/text-to-audio`, { text: 'Hello' })
    expect(trial).toMatchObject({ status: 400, body: { code: 'provider_not_initialize' } })
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: provider.url }
    await session.send('POST', '/workspaces/current/model-providers/openai/credentials', { credentials })
    app = await server.createApp(session, { mode: 'chat', config: on })
    passport = (await sendJson(`${server.url}/api/passport`, 'GET', undefined, { 'x-app-code': app.code })).body.access_token
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
  })

  const formOf = (file?: File): FormData => {
    const form = new FormData()
    form.set('user', 'ann')
    if (file) form.set('file', file)
    return form
  }
  const recording = (type = 'audio/mp3', size = 1_000, name = 'blob'): File => new File([new Uint8Array(size)], name, { type })
  const post = async (path: string, body: FormData, headers: Readonly<Record<string, string>>) => {
    const response = await fetch(server.url + path, { method: 'POST', body, headers })
    return { status: response.status, body: await response.json() }
  }
  const hear = (of: TestApp, file: File | undefined = recording()) =>
    post('/v1/audio-to-text', formOf(file), { authorization: `Bearer ${of.key}` })
  const speak = (of: TestApp, body: object) => of.fetch('POST', '/text-to-audio', body)
  const lastSpoken = () => provider.requests.findLast(({ path }) => path.endsWith('/speech'))?.body

  it('write down a recording', async () => {
    expect(await hear(app)).toEqual({ status: 200, body: { text: 'Good **day**' } })
    expect(provider.requests.at(-1)?.body).toMatchObject({ file: { name: 'speech.mp3', type: 'audio/mp3', size: 1_000 } })
  })

  it('hear within a budget, and what they hear is booked', async () => {
    const budgets = '/workspaces/current/budgets'
    const limit = async (amount: number): Promise<string> =>
      (await session.send('POST', budgets, { target: { type: 'app', app_id: app.id }, period: 'total', amount })).body.id
    const small = await limit(0.000_001)
    const before = provider.requests.length
    expect(await hear(app)).toMatchObject({ status: 400, body: { code: 'provider_quota_exceeded' } })
    expect(provider.requests).toHaveLength(before)
    await session.send('DELETE', `${budgets}/${small}`)
    const large = await limit(1)
    const used = async () => {
      const { data } = (await session.send('GET', budgets)).body
      return Number(data.find(({ id }: { readonly id: string }) => id === large).used)
    }
    const spent = await used()
    // A second of sound, which is ten tokens, and the three of what was said.
    expect((await hear(app)).status).toBe(200)
    await expect.poll(async () => (await used()) - spent).toBeCloseTo((10 * 6 + 3 * 10) / 1e6, 9)
    await session.send('DELETE', `${budgets}/${large}`)
  })

  it('take what browsers record', async () => {
    expect((await hear(app, recording('audio/webm;codecs=opus'))).status).toBe(200)
    expect(provider.requests.at(-1)?.body).toMatchObject({ file: { name: 'speech.webm', type: 'audio/webm' } })
  })

  it.each([
    [400, 'bad_request_key_error', () => undefined],
    [400, 'no_audio_uploaded', () => recording('audio/wav', 0)],
    [413, 'audio_too_large', () => recording('audio/wav', 30 * 1024 * 1024 + 1)],
    [415, 'unsupported_audio_type', () => recording('application/pdf')],
    [415, 'unsupported_audio_type', () => recording('', 10, 'song.mp3')],
  ])('answer %s %s', async (status, code, file) => {
    const { body, ...answer } = await post('/v1/audio-to-text', formOf(file()), { authorization: `Bearer ${app.key}` })
    expect({ ...answer, body }).toMatchObject({ status, body: { code } })
  })

  it('speak a text with the voice that was asked for, or else their own', async () => {
    const answer = await speak(app, { text: 'Hello', voice: 'nova', user: 'ann', streaming: 'yes' })
    expect(answer.headers.get('content-type')).toBe('audio/mpeg')
    const audio = new Uint8Array(await answer.arrayBuffer())
    expect([audio[0], audio[1]]).toEqual([0xff, 0xfb])
    expect(lastSpoken()).toMatchObject({ model: 'gpt-4o-mini-tts', input: 'Hello', voice: 'nova' })
    await (await speak(app, { text: 'Hello' })).arrayBuffer()
    expect(lastSpoken()).toMatchObject({ voice: 'coral' })
    await (await speak(app, { text: 'Hello', voice: 'nobody' })).arrayBuffer()
    expect(lastSpoken()).toMatchObject({ voice: 'alloy' })
  })

  it('speak the words of an answer to whom it was given', async () => {
    const { body } = await app.send('POST', '/chat-messages', { inputs: {}, query: 'Hi', user: 'ann' })
    const ask = { message_id: body.message_id, text: 'not this' }
    await (await speak(app, { ...ask, user: 'ann' })).arrayBuffer()
    expect(lastSpoken()).toMatchObject({ input: 'Good day' })
    expect((await speak(app, ask)).status).toBe(200)
    expect((await speak(app, { ...ask, user: 'bob' })).status).toBe(404)
    expect((await speak(mute, ask)).status).toBe(400)
    const visitor = await sendJson(`${server.url}/api/text-to-audio`, 'POST', ask, { 'x-app-passport': passport })
    expect(visitor).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it.each([
    [{}, { reason: 'nothing_to_speak', values: {} }],
    [{ text: ' \n' }, { reason: 'nothing_to_speak', values: {} }],
    [{ text: 'x'.repeat(20_001) }, { reason: 'too_long_to_speak', values: { limit: 20_000, length: 20_001 } }],
  ])('refuse to speak %j', async (body, details) => {
    const answer = await speak(app, body)
    expect(await answer.json()).toMatchObject({ status: 400, code: 'invalid_param', params: 'text', details })
  })

  it('are silent and deaf until they are told otherwise', async () => {
    const deaf = { code: 'invalid_param', params: 'speech_to_text', details: { reason: 'hearing_off' } }
    const silent = { code: 'invalid_param', params: 'text_to_speech', details: { reason: 'speaking_off' } }
    expect(await hear(mute)).toMatchObject({ status: 400, body: deaf })
    expect(await (await speak(mute, { text: 'Hi' })).json()).toMatchObject(silent)
  })

  it('tell their callers what they can', async () => {
    expect((await app.send('GET', '/parameters')).body).toMatchObject(on)
    expect((await mute.send('GET', '/parameters')).body).toMatchObject({ speech_to_text: { enabled: false } })
  })

  it('hear and speak on their pages', async () => {
    const headers = { 'x-app-passport': passport }
    expect(await post('/api/audio-to-text', formOf(recording('audio/mp4')), headers)).toMatchObject({ status: 200 })
    const answer = await fetch(`${server.url}/api/text-to-audio`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ text: '**Hello**' }),
    })
    expect({ status: answer.status, size: (await answer.arrayBuffer()).byteLength }).toEqual({ status: 200, size: 417 * 12 })
  })

  it('are tried in the console before anything is switched on', async () => {
    const path = `/apps/${mute.id}`
    expect(await post(`/console/api${path}/audio-to-text`, formOf(recording()), session.headers)).toMatchObject({ status: 200 })
    expect((await session.fetch('POST', `${path}/text-to-audio`, { text: 'Hi', voice: 'echo' })).status).toBe(200)
    const { body } = await session.send('GET', `${path}/text-to-audio/voices?language=zh-Hans`)
    expect(body).toContainEqual({ name: 'Alloy', value: 'alloy' })
  })

  it('work as workflows too: by what is published, and in the editor by the draft', async () => {
    const { body: created } = await session.send('POST', '/apps', { name: 'Greeter', mode: 'workflow' })
    const path = `/apps/${created.id}`
    const { body: draft } = await session.send('GET', `${path}/workflows/draft`)
    await session.send('POST', `${path}/workflows/draft`, { ...draft, features: { ...draft.features, ...on } })
    const { token } = (await session.send('POST', `${path}/api-keys`)).body
    const headers = { authorization: `Bearer ${token}` }
    const ask = () => sendJson(`${server.url}/v1/text-to-audio`, 'POST', {}, headers)
    expect(await ask()).toMatchObject({ status: 400, body: { code: 'app_unavailable' } })
    await (await session.fetch('POST', `${path}/text-to-audio`, { text: 'Hi' })).arrayBuffer()
    expect(lastSpoken()).toMatchObject({ voice: 'coral' })
    expect((await session.send('POST', `${path}/workflows/publish`, {})).status).toBe(200)
    expect(await ask()).toMatchObject({ status: 400, body: { params: 'text' } })
    expect(await post('/v1/audio-to-text', formOf(recording()), headers)).toMatchObject({ status: 200 })
  })

  it('tell a failure of the model before any sound', async () => {
    const answer = await speak(app, { text: 'too loud' })
    expect(await answer.json()).toMatchObject({
      status: 400,
      code: 'completion_request_error',
      message: expect.stringContaining('rate limit'),
    })
  })

  it('judge texts by a model', async () => {
    const { gateway } = server.process.features.models
    const { body } = await session.send('POST', '/workspaces/current')
    const model = await gateway.resolveModerationModel({ caller: callerIn(body.id), provider: 'openai', model: 'omni-moderation-latest' })
    const { signal } = new AbortController()
    expect([await model.isFlagged('please flag me', signal), await model.isFlagged('Hello', signal)]).toEqual([true, false])
  })
})

const faultOf = ({ body }: { readonly body: unknown }) =>
  JSON.stringify(body ?? '').includes('too loud') ? ({ fault: 'rate-limit' } as const) : {}
