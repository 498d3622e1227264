import { Check, Ellipsis, Moon, ShieldCheck, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton, setThemePreference, type ThemePreference, useResolvedTheme, useThemePreference, useToast } from '../design/index.ts'
import { languages } from '../i18n/i18n.ts'
import { LazyMenu } from './LazyMenu.tsx'
import { switchPageLanguage } from './load-texts.ts'
import { usePublishedApp } from './published-app.ts'

const themes: readonly ThemePreference[] = ['light', 'dark', 'system']

/** Light or dark at a click; system, language and privacy policy one menu away. */
export function PageMenu() {
  const { t, i18n } = useTranslation(['published', 'common'])
  const { site, deviceStore } = usePublishedApp()
  const toast = useToast()
  const theme = useResolvedTheme()
  const preference = useThemePreference()
  const chosen = (isChosen: boolean) => (isChosen ? <Check size={14} aria-hidden /> : <span className="inline-block w-3.5" />)
  const groups = [
    themes.map((name) => ({
      label: t(`common:theme.${name}`),
      icon: chosen(name === preference),
      onSelect: () => setThemePreference(name),
    })),
    languages.map(({ code, name }) => ({
      label: name,
      icon: chosen(code === i18n.language),
      onSelect: () =>
        void switchPageLanguage(i18n, deviceStore, code).catch(() =>
          toast.error(t('common:languageNotLoaded'), t('common:languageNotLoadedHint')),
        ),
    })),
    isWebAddress(site.privacy_policy)
      ? [
          {
            label: t('privacy'),
            icon: <ShieldCheck size={14} aria-hidden />,
            onSelect: () => void window.open(site.privacy_policy ?? '', '_blank', 'noopener'),
          },
        ]
      : [],
  ]
  return (
    <>
      <IconButton
        label={theme === 'dark' ? t('toLight') : t('toDark')}
        className="max-sm:hidden"
        onClick={() => setThemePreference(theme === 'dark' ? 'light' : 'dark')}
      >
        {theme === 'dark' ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
      </IconButton>
      <LazyMenu
        trigger={
          <IconButton label={t('settings')} isTooltipHidden>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
        groups={groups}
      />
    </>
  )
}

function isWebAddress(text: string | null): boolean {
  return text !== null && /^https?:\/\//u.test(text)
}
