import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip, Select, Switch, Tabs } from '../../design/index.ts'
import { useApp } from '../app/app-context.ts'
import { parseUserInputForm } from '../app/user-input-form.ts'
import { CodeBlock } from '../chat/CodeBlock.tsx'
import { createSample, type SampleLanguage, type SampleVariant } from './code-samples.ts'

const KEY_PLACEHOLDER = 'YOUR_API_KEY'

const languages = [
  { value: 'curl', label: 'curl' },
  { value: 'javascript', label: 'JavaScript' },
  { value: 'python', label: 'Python' },
] as const

const variants: Record<SampleLanguage, readonly { value: SampleVariant; label: string }[]> = {
  curl: [],
  javascript: [
    { value: 'http', label: 'fetch' },
    { value: 'client', label: 'dify-client' },
  ],
  python: [
    { value: 'http', label: 'requests' },
    { value: 'client', label: 'dify-client' },
  ],
}

export function SamplesSection({ apiKey }: { readonly apiKey: string | null }) {
  const { t } = useTranslation('access')
  const { app } = useApp()
  const [language, setLanguage] = useState<SampleLanguage>('curl')
  const [variant, setVariant] = useState<SampleVariant>('http')
  const [isStreaming, setStreaming] = useState(true)
  // The API answers with what is published, so the samples follow it and not the draft.
  const config = app.model_config
  const baseUrl = app.api_base_url ?? ''
  const question = config?.suggested_questions.find((text) => text.trim() !== '')
  const sample = useMemo(
    () =>
      createSample({
        language,
        variant,
        isStreaming,
        mode: app.mode === 'completion' ? 'completion' : 'chat',
        baseUrl,
        apiKey: apiKey ?? KEY_PLACEHOLDER,
        variables: parseUserInputForm(config?.user_input_form),
        query: question ?? 'What can you help me with?',
      }),
    [language, variant, isStreaming, app.mode, baseUrl, apiKey, config, question],
  )
  return (
    <section aria-label={t('samples.title')}>
      <h3 className="text-l font-semibold">{t('samples.title')}</h3>
      <p className="mb-3 text-ink-2">{apiKey ? t('samples.withKey') : t('samples.withoutKey', { placeholder: KEY_PLACEHOLDER })}</p>
      <div className="mb-2.5 flex flex-wrap items-center gap-3">
        <Tabs label={t('samples.language')} items={languages} value={language} onValueChange={setLanguage} />
        {variants[language].length > 0 && (
          <Select
            aria-label={t('samples.variant')}
            className="w-36"
            options={variants[language]}
            value={variant}
            onValueChange={setVariant}
          />
        )}
        <Requirement language={language} variant={variant} />
        <span className="flex-1" />
        <Switch label={t('samples.streaming')} checked={isStreaming} onCheckedChange={setStreaming} />
      </div>
      <CodeBlock code={sample.code} language={sample.grammar} />
    </section>
  )
}

function Requirement({ language, variant }: { readonly language: SampleLanguage; readonly variant: SampleVariant }) {
  const { t } = useTranslation('access')
  if (language === 'curl') return null
  if (language === 'javascript') return <Chip>{variant === 'client' ? t('samples.packageNpm') : t('samples.packageNone')}</Chip>
  return <Chip>{variant === 'client' ? t('samples.packagePip') : t('samples.packageRequests')}</Chip>
}
