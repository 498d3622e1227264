import { afterEach, describe, expect, it } from 'vitest'
import { type FakeOpenai, type FakeOpenaiOptions, startFakeOpenai } from './index.ts'

let fake: FakeOpenai | undefined
afterEach(() => fake?.close())

const start = async (options: FakeOpenaiOptions = {}): Promise<FakeOpenai> => {
  fake = await startFakeOpenai(options)
  return fake
}
const ask = (url: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: 'fake', messages: [{ role: 'user', content: 'hello' }], ...body }),
  })
const framesOf = (text: string): string[] => text.split('\n\n').filter(Boolean)
const deltasOf = (text: string): string[] =>
  framesOf(text)
    .filter((frame) => frame !== 'data: [DONE]')
    .map((frame) => JSON.parse(frame.slice('data: '.length)).choices[0]?.delta?.content)
    .filter(Boolean)

describe('an answer', () => {
  it('streams the scripted deltas, the usage where it is asked for, and [DONE]', async () => {
    const { url } = await start({ text: ['Hé', 'llo, ', '世界'] })
    const text = await (await ask(url, { stream: true, stream_options: { include_usage: true } })).text()
    expect(deltasOf(text)).toEqual(['Hé', 'llo, ', '世界'])
    expect(JSON.parse((framesOf(text).at(-2) ?? '').slice(6)).usage).toEqual({ prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 })
    expect(framesOf(text).at(-1)).toBe('data: [DONE]')
  })

  it('comes in one piece without stream', async () => {
    const { url } = await start({ text: 'Good day to you' })
    const body = (await (await ask(url, {})).json()) as { choices: { message: { content: string } }[] }
    expect(body.choices[0]?.message.content).toBe('Good day to you')
  })

  it('has as many tokens as the model name says, at its pace', async () => {
    const { url } = await start()
    const begin = performance.now()
    const text = await (await ask(url, { model: 'fake-tokens=5-rate=100-first=20', stream: true })).text()
    expect(deltasOf(text)).toHaveLength(5)
    // The last token may not come before its time: 20 ms, then four spaces of 10 ms.
    expect(performance.now() - begin).toBeGreaterThanOrEqual(59)
  })

  it('is the same, however its bytes are cut and grouped', async () => {
    const { url } = await start({ tokens: 200 })
    const whole = deltasOf(await (await ask(url, { stream: true })).text())
    const cut = deltasOf(await (await ask(url, { stream: true }, { 'x-fake-behaviour': 'split=7&group=3' })).text())
    expect(whole).toHaveLength(200)
    expect(cut).toEqual(whole)
  })

  it('is cut at max_tokens with the finish reason length', async () => {
    const { url } = await start({ tokens: 9 })
    const body = (await (await ask(url, { max_tokens: 2 })).json()) as { choices: { finish_reason: string }[]; usage: object }
    expect(body.choices[0]?.finish_reason).toBe('length')
    expect(body.usage).toMatchObject({ completion_tokens: 2 })
  })

  it('tells in stamped tokens when each left, on the clock that processes share', async () => {
    const { url } = await start({ tokens: 3, stamp: true })
    const stamps = deltasOf(await (await ask(url, { stream: true })).text()).map((token) => Number.parseInt(token.slice(1), 36))
    const [seconds, nanoseconds] = process.hrtime()
    const age = seconds * 1e6 + nanoseconds / 1e3 - Math.max(...stamps)
    expect(stamps).toHaveLength(3)
    expect(age).toBeGreaterThan(-5_000)
    expect(age).toBeLessThan(60_000_000)
  })

  it('can be decided request by request, and every request is kept', async () => {
    const { url, requests } = await start({ respond: ({ body }) => ({ text: `you said ${String(body?.messages?.[0]?.content)}` }) })
    const body = (await (await ask(url, {})).json()) as { choices: { message: { content: string } }[] }
    expect(body.choices[0]?.message.content).toBe('you said hello')
    expect(requests).toMatchObject([{ path: '/v1/chat/completions', model: 'fake', outcome: 'finished' }])
  })
})

describe('faults', () => {
  it.each([
    ['unauthorized', 401, 'invalid_api_key'],
    ['rate-limit', 429, 'rate_limit_exceeded'],
    ['server-error', 500, null],
    ['unavailable', 503, null],
    ['context-length', 400, 'context_length_exceeded'],
    ['prompt-filter', 400, 'content_filter'],
  ])('refuses with %s', async (fault, status, code) => {
    const { url } = await start()
    const response = await ask(url, { model: `fake-fault=${fault}-retry=7`, stream: true })
    expect(response.status).toBe(status)
    expect(response.headers.get('retry-after')).toBe(status >= 429 ? '7' : null)
    expect(await response.json()).toMatchObject({ error: { code } })
  })

  it('stops failing after the number of times that was asked for', async () => {
    const { url } = await start({ fault: 'unavailable', times: 2 })
    const statuses = [await ask(url, {}), await ask(url, {}), await ask(url, {})].map((response) => response.status)
    expect(statuses).toEqual([503, 503, 200])
  })

  it('resets the connection after so many tokens', async () => {
    const { url, requests } = await start({ fault: 'reset', after: 2, rate: 200 })
    const response = await ask(url, { stream: true })
    await expect(response.text()).rejects.toThrow()
    expect(requests[0]?.tokensSent).toBe(2)
  })

  it('sends an error object in mid-stream', async () => {
    const { url } = await start({ fault: 'error-midstream', after: 2 })
    const frames = framesOf(await (await ask(url, { stream: true })).text())
    expect(frames).toHaveLength(4)
    expect(JSON.parse((frames[3] ?? '').slice(6))).toMatchObject({ error: { type: 'server_error' } })
  })

  it.each([
    ['truncated-json', /"cont\n\n$/],
    ['no-done', /"finish_reason":"stop"\}\]\}\n\n$/],
    ['cut-short', /"finish_reason":null\}\]\}\n\n$/],
    ['content-filter', /"finish_reason":"content_filter"\}\]\}\n\ndata: \[DONE\]\n\n$/],
  ])('ends a stream with %s', async (fault, ending) => {
    const { url } = await start()
    expect(await (await ask(url, { model: `fake-fault=${fault}-after=2`, stream: true })).text()).toMatch(ending)
  })

  it('hangs until the caller gives up', async () => {
    const { url, requests } = await start({ fault: 'hang' })
    const abort = new AbortController()
    const pending = fetch(`${url}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ model: 'fake', messages: [] }),
      signal: abort.signal,
    })
    await expect.poll(() => requests.length).toBe(1)
    abort.abort()
    await expect(pending).rejects.toThrow()
    await expect.poll(() => requests[0]?.outcome).toBe('aborted')
  })

  it('names the faults that there are where an unknown one is asked for', async () => {
    const { url } = await start()
    const response = await ask(url, { model: 'fake-fault=sulk' })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('known: unauthorized')
  })
})

describe('the rest of the surface', () => {
  it('checks the key where one is set', async () => {
    const { url } = await start({ apiKey: 'sk-right' })
    expect((await ask(url, {}, { authorization: 'Bearer sk-wrong' })).status).toBe(401)
    expect((await ask(url, {}, { authorization: 'Bearer sk-right' })).status).toBe(200)
  })

  it('knows only the models that were listed', async () => {
    const { url } = await start({ models: ['small'] })
    expect(await (await fetch(`${url}/models`)).json()).toMatchObject({ data: [{ id: 'small' }] })
    expect((await ask(url, { model: 'large' })).status).toBe(404)
    expect((await ask(url, { model: 'small' })).status).toBe(200)
  })

  it('embeds the same text the same way, as numbers or base64', async () => {
    const { url } = await start()
    const embed = async (encoding: string): Promise<number[] | string> => {
      const response = await fetch(`${url}/embeddings`, {
        method: 'POST',
        body: JSON.stringify({ model: 'fake-embedding', input: ['a', 'b'], dimensions: 8, encoding_format: encoding }),
      })
      const { data } = (await response.json()) as { data: { embedding: number[] | string }[] }
      expect(data).toHaveLength(2)
      return data[0]?.embedding ?? []
    }
    const numbers = await embed('float')
    const bytes = Buffer.from((await embed('base64')) as string, 'base64')
    expect([...new Float32Array(bytes.buffer, bytes.byteOffset, 8)]).toEqual((numbers as number[]).map((value) => Math.fround(value)))
  })

  it('is steered over HTTP where it is a process of its own', async () => {
    const { url } = await start()
    const root = url.replace(/\/v1$/, '')
    await fetch(`${root}/fake/defaults`, { method: 'PUT', body: JSON.stringify({ text: 'steered' }) })
    expect(deltasOf(await (await ask(url, { stream: true })).text())).toEqual(['steered'])
    expect(await (await fetch(`${root}/fake/stats`)).json()).toMatchObject({ requests: 1, tokensSent: 1, openStreams: 0 })
  })
})
