import { Boxes, Building2, Coins, History, Palette, Plug, UserRound, Users } from 'lucide-react'

/** The pages of the settings, as their navigation and the command palette show them. */
export const settingsGroups = [
  {
    key: 'workspace',
    pages: [
      { to: '/settings/models', key: 'models', Icon: Boxes },
      { to: '/settings/members', key: 'members', Icon: Users },
      { to: '/settings/workspace', key: 'workspace', Icon: Building2 },
      { to: '/settings/extensions', key: 'extensions', Icon: Plug },
      { to: '/settings/usage', key: 'usage', Icon: Coins },
      { to: '/settings/audit', key: 'audit', Icon: History },
    ],
  },
  {
    key: 'personal',
    pages: [
      { to: '/settings/account', key: 'account', Icon: UserRound },
      { to: '/settings/appearance', key: 'appearance', Icon: Palette },
    ],
  },
] as const

export type SettingsPage = (typeof settingsGroups)[number]['pages'][number]

/** What was done by whom is told to administrators only, what it cost and whom it may ask to those who make apps. */
export const isShownTo = ({ key }: SettingsPage, who: { readonly canEdit: boolean; readonly canAdminister: boolean }): boolean =>
  key === 'audit' ? who.canAdminister : (key !== 'usage' && key !== 'extensions') || who.canEdit
