import { useNavigate } from '@tanstack/react-router'
import { Building2, Keyboard, Languages, LogOut, Monitor, Moon, Plus, Sun, Upload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { setThemePreference, useThemePreference } from '../../../design/index.ts'
import { languages } from '../../../i18n/i18n.ts'
import { useChooseLanguage } from '../../session/useChooseLanguage.ts'
import { useSession } from '../../session/useSession.ts'
import { useSignOut } from '../../session/useSignOut.ts'
import { useWorkspaces } from '../../session/useWorkspaces.ts'
import type { Command } from './command.ts'
import { usePaletteControl } from './palette-context.ts'

type Then = (run: () => unknown) => () => void

const themes = [
  { value: 'light', Icon: Sun },
  { value: 'dark', Icon: Moon },
  { value: 'system', Icon: Monitor },
] as const

/** What can be done from anywhere. */
export function useActionCommands(then: Then): Command[] {
  const { t } = useTranslation('shell')
  const { signOut } = useSignOut()
  const { openShortcuts } = usePaletteControl()
  const { others, enter } = useWorkspaces()
  return [
    ...useMakingCommands(then),
    ...useLookCommands(then),
    ...others.map(({ id, name }) => ({
      id,
      label: t('workspaces.goTo', { workspace: name }),
      keywords: 'workspace switch',
      Icon: Building2,
      run: then(() => enter(id)),
    })),
    {
      id: 'shortcuts',
      label: t('shortcuts.title'),
      keywords: 'keyboard keys help',
      Icon: Keyboard,
      // After the palette has given the focus back: the list takes it then.
      run: then(() => setTimeout(openShortcuts)),
    },
    { id: 'sign-out', label: t('signOut'), keywords: 'log out logout', Icon: LogOut, run: then(signOut) },
  ]
}

/** New apps, for those who may make them. */
function useMakingCommands(then: Then): Command[] {
  const { t } = useTranslation('studio')
  const { canEdit } = useSession()
  const navigate = useNavigate()
  if (!canEdit) return []
  const making = [
    { kind: 'chat', label: t('blankChatbot'), Icon: Plus },
    { kind: 'completion', label: t('blankGenerator'), Icon: Plus },
    { kind: 'import', label: t('import.title'), Icon: Upload },
  ] as const
  return making.map(({ kind, label, Icon }) => ({
    id: `new-${kind}`,
    label,
    hint: t('newApp'),
    keywords: 'create new add make yaml dsl',
    Icon,
    run: then(() => navigate({ to: '/apps', search: { new: kind } })),
  }))
}

/** Theme and language, but for those that are on. */
function useLookCommands(then: Then): Command[] {
  const { t, i18n } = useTranslation('common')
  const preference = useThemePreference()
  const chooseLanguage = useChooseLanguage()
  return [
    ...themes
      .filter(({ value }) => value !== preference)
      .map(({ value, Icon }) => ({
        id: `theme-${value}`,
        label: t(`theme.${value}`),
        hint: t('theme.label'),
        keywords: `theme mode ${value}`,
        Icon,
        run: then(() => setThemePreference(value)),
      })),
    ...languages
      .filter(({ code }) => code !== i18n.language)
      .map(({ code, name }) => ({
        id: `language-${code}`,
        label: name,
        hint: t('language'),
        keywords: 'language english chinese',
        Icon: Languages,
        run: then(() => chooseLanguage(code)),
      })),
  ]
}
