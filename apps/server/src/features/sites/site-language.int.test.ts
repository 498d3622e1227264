import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleSession, startTestServer, type TestServer } from '../../testing/test-server.ts'

describe('the language of a new page', () => {
  let server: TestServer
  let session: ConsoleSession
  beforeAll(async () => {
    server = await startTestServer()
    session = await server.setup()
  })
  afterAll(() => server.close())

  const post = async (path: string, body: object, language?: string) => {
    const headers = language === undefined ? {} : { 'x-interface-language': language }
    return await (await session.fetch('POST', path, body, headers)).json()
  }
  const languageOf = async (appId: string): Promise<string> => (await session.send('GET', `/apps/${appId}`)).body.site.default_language
  const chat = { name: 'Guide', mode: 'chat' }

  it('is the one that the console is shown in, whatever the account has', async () => {
    expect(await languageOf((await post('/apps', chat, 'zh-Hans')).id)).toBe('zh-Hans')
  })

  it('is the account’s where the caller names none, or what is none', async () => {
    expect(await languageOf((await post('/apps', chat)).id)).toBe('en-US')
    expect(await languageOf((await post('/apps', chat, '<zh>')).id)).toBe('en-US')
  })

  it('is so for imported, copied and converted apps, too', async () => {
    const { id } = await post('/apps', { ...chat, mode: 'completion' })
    const yaml = (await session.send('GET', `/apps/${id}/export`)).body.data
    const imported = await post('/apps/imports', { mode: 'yaml-content', yaml_content: yaml }, 'zh-Hans')
    expect(await languageOf(imported.app_id)).toBe('zh-Hans')
    expect(await languageOf((await post(`/apps/${id}/copy`, {}, 'zh-Hans')).id)).toBe('zh-Hans')
    const converted = await post(`/apps/${id}/convert-to-workflow`, {}, 'zh-Hans')
    expect(await languageOf(converted.new_app_id)).toBe('zh-Hans')
    expect(await languageOf(id)).toBe('en-US')
  })
})
