import { Monitor, Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Card, cx, Select, setThemePreference, type ThemePreference, useThemePreference } from '../../design/index.ts'
import { languages, toLanguageCode } from '../../i18n/i18n.ts'
import { useChooseLanguage } from '../session/useChooseLanguage.ts'
import { PageHeading } from './PageHeading.tsx'

const themes: readonly { value: ThemePreference; Icon: typeof Sun }[] = [
  { value: 'light', Icon: Sun },
  { value: 'dark', Icon: Moon },
  { value: 'system', Icon: Monitor },
]

export function AppearancePage() {
  const { t, i18n } = useTranslation('settings')
  const chooseLanguage = useChooseLanguage()
  return (
    <>
      <PageHeading title={t('appearance.title')} lead={t('appearance.lead')} />
      <Card className="flex flex-col gap-5 p-5">
        <ThemeChoice />
        <Select
          label={t('appearance.language')}
          className="w-60"
          options={languages.map(({ code, name }) => ({ value: code, label: name }))}
          value={toLanguageCode(i18n.language) ?? 'en-US'}
          onValueChange={chooseLanguage}
        />
      </Card>
    </>
  )
}

function ThemeChoice() {
  const { t } = useTranslation('settings')
  const preference = useThemePreference()
  return (
    <fieldset>
      <legend className="mb-1.5 text-s font-medium text-ink-2">{t('appearance.theme')}</legend>
      <div className="flex gap-2.5 max-sm:grid max-sm:grid-cols-3 max-sm:gap-2">
        {themes.map(({ value, Icon }) => (
          <label
            key={value}
            className={cx(
              'relative flex h-18 w-36 cursor-pointer max-sm:w-auto max-sm:px-1 max-sm:text-center max-sm:leading-tight flex-col items-center justify-center gap-1.5 rounded-md border font-medium has-focus-visible:outline-2 has-focus-visible:outline-focus',
              preference === value ? 'border-accent bg-accent-soft text-accent' : 'border-line-2 text-ink-2 hover:bg-surface-2',
            )}
          >
            <input
              type="radio"
              name="theme"
              className="sr-only"
              checked={preference === value}
              onChange={() => setThemePreference(value)}
            />
            <Icon size={18} aria-hidden />
            {t(`theme.${value}`, { ns: 'common' })}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
