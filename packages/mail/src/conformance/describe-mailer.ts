import { MailError, type Mailer, type MailMessage } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** A letter as the other side has it. */
export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  /** By which it knows a letter that comes twice. */
  readonly id: string
}

/** The other side, at the wire. */
export interface MailRecipient {
  readonly mailer: Mailer
  received(): readonly ReceivedMail[] | Promise<readonly ReceivedMail[]>
  /** How it treats the next letter. */
  fail(how: 'refuses' | 'is busy' | 'hangs up'): void
  close(): Promise<void>
}

export const sender = { name: 'Trellis 测试', email: 'trellis@example.com' } as const

const aLetter = (change: Partial<MailMessage> = {}): MailMessage => ({
  id: 'letter-1',
  to: 'ann@example.org',
  subject: 'Your code – 您的验证码 ✉',
  text: `123456\n.\nA dot alone, and a long line: ${'ü'.repeat(1200)}`,
  html: '<p>123456 &amp; 您好</p>',
  ...change,
})

/** What every way to send mail owes its callers. */
export function describeMailer(name: string, create: () => Promise<MailRecipient>): void {
  describe(`mail: ${name}`, () => {
    let other: MailRecipient
    beforeAll(async () => {
      other = await create()
    })
    afterAll(async () => {
      await other.mailer.close()
      await other.close()
    })

    const sending = (letter: MailMessage): Promise<unknown> => other.mailer.send(letter).catch((error: unknown) => error)

    it('hands over a letter as it was written, in any script', async () => {
      const letter = aLetter({ id: 'letter-whole' })
      await other.mailer.send(letter)
      const last = (await other.received()).at(-1)
      expect(last).toMatchObject({ to: [letter.to], subject: letter.subject, text: letter.text, html: letter.html })
      expect(last?.from).toContain(sender.email)
      expect(last?.id).toContain(letter.id)
    })

    it('tells a refusal for good from one for now', async () => {
      const before = (await other.received()).length
      other.fail('refuses')
      expect(await sending(aLetter())).toMatchObject({ name: 'MailError', isPermanent: true })
      other.fail('is busy')
      expect(await sending(aLetter())).toMatchObject({ name: 'MailError', isPermanent: false })
      other.fail('hangs up')
      expect(await sending(aLetter())).toMatchObject({ name: 'MailError', isPermanent: false })
      expect(await other.received()).toHaveLength(before)
    })

    it('tells nothing of the letter where it fails', async () => {
      other.fail('refuses')
      const error = await sending(aLetter({ text: 'the code is 987654', html: '<p>987654</p>', subject: '987654' }))
      expect(error).toBeInstanceOf(MailError)
      expect(String(error)).not.toContain('987654')
    })

    it('writes to one person alone, whatever the address holds', async () => {
      const before = (await other.received()).length
      const error = await sending(aLetter({ to: 'ann@example.org, eve@example.net' }))
      const more = (await other.received()).slice(before)
      expect(error !== undefined || more.every(({ to }) => to.length === 1)).toBe(true)
      expect(more.some(({ to }) => to.includes('eve@example.net'))).toBe(false)
    })

    it('sends nothing once it is told to stop', async () => {
      const before = (await other.received()).length
      await expect(other.mailer.send(aLetter(), { signal: AbortSignal.abort() })).rejects.toThrow()
      expect(await other.received()).toHaveLength(before)
    })
  })
}
