import { ApiError } from '@trellis/client'
import { createInstance, type i18n } from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, it } from 'vitest'
import { bringRefusalTexts } from '../i18n/refusal-texts.ts'
import { publishedTexts as en } from '../locales/en-US/published.ts'
import { publishedTexts as zh } from '../locales/zh-Hans/published.ts'
import { useVisitorErrorText } from './useVisitorErrorText.ts'

const SAID = 'Requests to 10.0.0.7:8080 are refused: set EGRESS_ALLOWED_HOSTS.'

const languages = [
  { language: 'en-US', texts: en },
  { language: 'zh-Hans', texts: zh },
]

async function inLanguage(language: string, texts: typeof en | typeof zh): Promise<i18n> {
  const instance = createInstance()
  await instance.init({ lng: language, fallbackLng: false, resources: { [language]: texts }, interpolation: { escapeValue: false } })
  await bringRefusalTexts(instance)
  return instance
}

const read = (texts: i18n, error: unknown) =>
  renderToStaticMarkup(
    <I18nextProvider i18n={texts}>
      <Told error={error} />
    </I18nextProvider>,
  )

function Told({ error }: { readonly error: unknown }) {
  return useVisitorErrorText()(error)
}

const refused = (code: string, reason: string, values: object) =>
  new ApiError({ code, status: 400, message: `The server says: ${SAID}`, details: { reason, values } })

describe('what visitors read of a failure', () => {
  it.each(languages)('tells a reason that is theirs in $language', async ({ language, texts }) => {
    const told = read(await inLanguage(language, texts), refused('remote_file_upload_error', 'remote_file_status', { status: '404' }))
    expect(told).toContain('404')
  })

  it.each(languages)('is the general sentence where only makers may know the cause, in $language', async ({ language, texts }) => {
    const page = await inLanguage(language, texts)
    const { errors } = texts.published
    const file = refused('remote_file_upload_error', 'remote_file_failed', { said: SAID })
    expect(read(page, file)).toBe(errors.remote_file_upload_error)
    const provider = refused('completion_request_error', 'provider_bad_request', { said: SAID })
    expect(read(page, provider)).toBe(errors.completion_request_error)
    const extension = refused('api_extension_failed', 'extension_failed', { name: 'Words of 10.0.0.7', fault: 'connection' })
    expect(read(page, extension)).toBe(errors.unexpected)
  })
})
