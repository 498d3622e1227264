import { describe, expect, it } from 'vitest'
import { renderLetter } from './render-letter.ts'

const invitation = {
  kind: 'invitation',
  workspace: 'Ann’s <b>',
  inviter: 'Ann',
  url: 'https://x.test/activate?token=a&b=c',
  hours: 72,
} as const

describe('a letter', () => {
  it('says the same in plain text and in HTML, where nothing of it becomes HTML', () => {
    const { text, html } = renderLetter(invitation, 'en-US')
    expect(text).toContain('Join Ann’s <b>')
    expect(text).toContain('Accept the invitation: https://x.test/activate?token=a&b=c')
    expect(text).toContain('3 days')
    expect(html).toContain('Join Ann’s &lt;b&gt;')
    expect(html).toContain('href="https://x.test/activate?token=a&amp;b=c"')
    expect(html).not.toContain('<b>')
  })

  it.each(['zh-Hans', 'zh-CN', 'zh', 'ZH-tw'])('is written in Chinese for readers of %s', (language) => {
    const { subject, html } = renderLetter(invitation, language)
    expect(subject).toContain('邀请您加入')
    expect(html).toContain('lang="zh-Hans"')
  })

  it('has one line as its subject, whatever people call themselves', () => {
    const { subject } = renderLetter({ ...invitation, inviter: `Ann\r\nBcc: eve@example.net${'x'.repeat(300)}` }, 'de-DE')
    expect(subject).toMatch(/^Ann Bcc: eve@example.net/)
    expect(subject.length).toBeLessThanOrEqual(200)
  })

  it('of a form is in the words of whoever made the workflow, and leads to the form once', () => {
    const url = 'https://x.test/form/abc'
    const own = renderLetter({ kind: 'form', subject: 'Approve?', body: `Please look:\n${url}`, title: 'Approval', url }, 'en-US')
    expect(own.subject).toBe('Approve?')
    expect(own.text.split(url)).toHaveLength(2)
    const bare = renderLetter({ kind: 'form', subject: '', body: '', title: 'Approval', url }, 'en-US')
    expect(bare.subject).toBe('Your answer is needed: Approval')
    expect(bare.text).toContain(`Open the form: ${url}`)
  })
})
