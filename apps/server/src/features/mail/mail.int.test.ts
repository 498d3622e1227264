import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeSmtp, startFakeSmtp } from '../../../../../tools/fake-smtp/index.ts'
import { type ConsoleSession, sendJson, startTestServer, type TestServer } from '../../testing/test-server.ts'

const MEMBERS = '/workspaces/current/members'

describe('mail', () => {
  let smtp: FakeSmtp
  let server: TestServer
  let owner: ConsoleSession
  beforeAll(async () => {
    smtp = await startFakeSmtp()
    server = await startTestServer({
      env: {
        ...smtp.env,
        CONSOLE_WEB_URL: 'http://console.test',
      },
    })
    owner = await server.setup()
  })
  afterAll(async () => {
    await server.close()
    await smtp.close()
  })

  const invite = (email: string, language: string) =>
    owner.send('POST', `${MEMBERS}/invite-email`, { emails: [email], role: 'editor', language })

  it('is told of before anyone signs in', async () => {
    const features = await sendJson(`${server.url}/console/api/system-features`, 'GET')
    expect(features.body.is_email_setup).toBe(true)
  })

  it('carries an invitation in the language of whoever invites, beside the link', async () => {
    const { body } = await invite('bob@example.com', 'zh-Hans')
    const letter = await smtp.waitForLetter('bob@example.com')
    expect(letter.subject).toBe("Ann 邀请您加入 Ann's Workspace")
    expect(letter.text).toContain(body.invitation_results[0].url)
    expect(letter.html).toContain(body.invitation_results[0].url)
    expect(letter.from).toBe('trellis@example.com')
  })

  it('is written in the language of the account where there is one', async () => {
    const { body } = await invite('cem@example.com', 'en-US')
    const token = new URL(body.invitation_results[0].url).searchParams.get('token')
    const account = { token, name: 'Cem', password: 'correct horse 2', interface_language: 'zh-Hans' }
    expect((await sendJson(`${server.url}/console/api/activate`, 'POST', account)).status).toBe(200)
    const cem = (await owner.send('GET', MEMBERS)).body.accounts.find((member: { email: string }) => member.email === 'cem@example.com')
    expect((await owner.send('DELETE', `${MEMBERS}/${cem.id}`)).status).toBe(200)
    await smtp.waitForLetter('cem@example.com')
    const before = smtp.letters.length
    await invite('cem@example.com', 'en-US')
    expect((await smtp.waitForLetter('cem@example.com', before)).subject).toContain('邀请')
  })

  it('is given up where the other side says no, and the log names nobody', async () => {
    smtp.fail('refuses')
    await invite('dee@example.com', 'en-US')
    const refused = () => server.lines().filter(({ message }) => message === 'A letter was refused for good')
    await expect.poll(refused).toHaveLength(1)
    expect(JSON.stringify(refused())).not.toContain('dee@example.com')
  })

  it('is tried by an administrator, who reads what became of it', async () => {
    const test = () => owner.send('POST', '/workspaces/current/mail/test')
    const sent = { result: 'sent', type: 'smtp', to: 'ann@example.com', fault: null, detail: null, settings: [] }
    expect(await test()).toMatchObject({ status: 200, body: sent })
    expect((await smtp.waitForLetter('ann@example.com')).subject).toBe('Mail from Trellis arrives')
    smtp.fail('refuses')
    const { body } = await test()
    expect(body).toMatchObject({ result: 'failed', fault: 'other', settings: [] })
    expect(body.detail).toMatch(/did not take the letter: .*Not today/)
    smtp.fail('hangs up')
    expect((await test()).body).toMatchObject({ result: 'failed', fault: 'unreachable', settings: ['SMTP_SERVER', 'SMTP_PORT'] })
  })

  it('lies in the queue so that nobody who reads the database can use it', async () => {
    const { db } = server.process.platform.database
    const { body } = await invite('eve@example.com', 'en-US')
    const rows = await db.selectFrom('jobs').selectAll().where('name', '=', 'mail.send').execute()
    expect(JSON.stringify(rows)).not.toContain('eve@example.com')
    expect(JSON.stringify(rows)).not.toContain(body.invitation_results[0].url)
    await smtp.waitForLetter('eve@example.com')
  })
})
