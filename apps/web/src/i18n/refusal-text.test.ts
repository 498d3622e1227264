import { errorCatalog, refusalReasons } from '@trellis/contracts'
import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import enErrors from '../locales/en-US/errors.json' with { type: 'json' }
import { refusalTexts as en } from '../locales/en-US/refusals.ts'
import zhErrors from '../locales/zh-Hans/errors.json' with { type: 'json' }
import { refusalTexts as zh } from '../locales/zh-Hans/refusals.ts'
import { refusalText } from './refusal-text.ts'
import { bringRefusalTexts } from './refusal-texts.ts'

const languages = [
  { language: 'en-US', errors: enErrors, ...en },
  { language: 'zh-Hans', errors: zhErrors, ...zh },
]

async function inLanguage(language: string) {
  const i18n = createInstance()
  await i18n.init({ lng: language, fallbackLng: false, resources: {}, interpolation: { escapeValue: false } })
  await bringRefusalTexts(i18n)
  return (reason: string, values: object) => refusalText({ code: 'any', details: { reason, values } }, i18n)
}

describe('what the server refuses', () => {
  it.each(languages)('has words for each code and each reason in $language', ({ errors, refusals }) => {
    expect(Object.keys(errorCatalog).filter((code) => !(code in errors) && !(code in refusals.codes))).toEqual([])
    expect(Object.keys(refusals.reasons).sort()).toEqual([...refusalReasons].sort())
  })

  it('names the same figures in both languages', () => {
    const figures = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort()
    const of = (texts: Readonly<Record<string, string>>) => Object.entries(texts).map(([key, text]) => [key, figures(text)])
    expect(of(zh.refusals.reasons)).toEqual(of(en.refusals.reasons))
  })

  it('is told in the reader’s language, with its figures', async () => {
    const told = await inLanguage('zh-Hans')
    const values = { scope: 'app', period: 'month', renews: 'at', endsAtMs: Date.parse('2026-11-30T16:00:00Z'), timezone: 'Asia/Shanghai' }
    expect(told('budget_spent', { ...values, usedNano: 1250.5e9, limitNano: 1250e9 })).toBe(
      '此应用的每月预算不足以支付此次调用：$1,250.00 中已使用 $1,250.50。预算将于 2026年12月1日 00:00（Asia/Shanghai）重置。工作空间的所有者和管理员可以在“用量与预算”页面修改预算。',
    )
    expect(told('budget_spent_visitor', { renews: 'never' })).toBe('此应用目前的预算已用完。预算不会自动重置。应用的管理者可以提高预算。')
    expect(told('app_rate_minute', { limit: 1200, seconds: 30 })).toBe('此应用每分钟最多接受 1,200 个请求，请在 1 分钟后重试。')
  })

  it('quotes a provider as it spoke, whatever it said', async () => {
    const told = await inLanguage('zh-Hans')
    expect(told('provider_bad_request', { said: '{{limit}} $t(refusals:who) <b>' })).toBe(
      '模型供应商拒绝了请求。模型供应商回答：“{{limit}} $t(refusals:who) <b>”',
    )
  })

  it('names what it is about as the console does', async () => {
    const told = { 'en-US': await inLanguage('en-US'), 'zh-Hans': await inLanguage('zh-Hans') }
    expect(told['en-US']('moderation_preset_long', { side: 'inputs', limit: 100 })).toBe(
      '“Answer to a message that is caught” of content moderation takes at most 100 characters.',
    )
    expect(told['zh-Hans']('model_missing', { type: 'tts' })).toContain('文字转语音')
    expect(told['zh-Hans']('file_way', { way: 'remote_url' })).toBe('此应用不接受来自网址的文件。')
    expect(told['en-US']('file_kind', { type: 'video' })).toBe('This app takes no video.')
    expect(told['zh-Hans']('extension_ping', { fault: 'too-large' })).toBe('扩展必须正确应答 ping 才能保存。它返回的内容过大。')
    expect(told['en-US']('extension_ping', { fault: 'status', status: '302' })).toContain('It answered 302 instead of 200.')
  })

  it('is told of a field by the rule’s own sentence to whoever reads English', async () => {
    const values = { field: 'amount', limit: 0, said: 'A budget is more than nothing.' }
    expect((await inLanguage('en-US'))('field_must_exceed', values)).toBe('A budget is more than nothing.')
    expect((await inLanguage('zh-Hans'))('field_must_exceed', values)).toBe('“amount”必须大于 0。')
  })

  it('is left to its code where only a newer server knows the reason', async () => {
    const told = await inLanguage('en-US')
    expect(told('of_tomorrow', {})).toBeUndefined()
    expect(refusalText({ code: 'conflict' }, createInstance())).toBeUndefined()
  })
})
