import { Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton, setThemePreference, useResolvedTheme } from '../../design/index.ts'

/** Switches between light and dark; "like the system" is chosen in the settings. */
export function ThemeButton({ size = 'm' }: { readonly size?: 'm' | 'l' }) {
  const { t } = useTranslation('shell')
  const theme = useResolvedTheme()
  return (
    <IconButton
      label={theme === 'dark' ? t('toLight') : t('toDark')}
      size={size}
      onClick={() => setThemePreference(theme === 'dark' ? 'light' : 'dark')}
    >
      {theme === 'dark' ? <Sun size={size === 'l' ? 18 : 16} aria-hidden /> : <Moon size={size === 'l' ? 18 : 16} aria-hidden />}
    </IconButton>
  )
}
