import type { App, AppSite, SiteUpdate } from '../../api/types/apps.ts'
import { toLanguageCode } from '../../i18n/i18n.ts'
import { type ChosenIcon, iconOf } from '../studio/app-icon.ts'

/** What a page shows and whom it lets in, while it is being changed. */
export interface SiteDraft {
  readonly title: string
  readonly icon: ChosenIcon
  readonly description: string
  readonly default_language: string
  readonly access_mode: AppSite['access_mode']
  readonly chat_color_theme: string
  readonly chat_color_theme_inverted: boolean
  readonly show_workflow_steps: boolean
  readonly use_icon_as_answer_icon: boolean
  readonly input_placeholder: string
  readonly copyright: string
  readonly privacy_policy: string
  readonly custom_disclaimer: string
}

export function toDraft(site: AppSite): SiteDraft {
  return {
    title: site.title,
    icon: iconOf(site),
    description: site.description ?? '',
    default_language: toLanguageCode(site.default_language) ?? 'en-US',
    access_mode: site.access_mode,
    chat_color_theme: site.chat_color_theme ?? '',
    chat_color_theme_inverted: site.chat_color_theme_inverted ?? false,
    show_workflow_steps: site.show_workflow_steps,
    use_icon_as_answer_icon: site.use_icon_as_answer_icon,
    input_placeholder: site.input_placeholder ?? '',
    copyright: site.copyright ?? '',
    privacy_policy: site.privacy_policy ?? '',
    custom_disclaimer: site.custom_disclaimer ?? '',
  }
}

export function toUpdate({ icon, ...draft }: SiteDraft): SiteUpdate {
  return {
    ...draft,
    icon_type: icon.type,
    icon: icon.icon,
    title: draft.title.trim(),
    chat_color_theme: draft.chat_color_theme.trim(),
    privacy_policy: draft.privacy_policy.trim(),
  }
}

/** Addresses of pictures are signed anew each time: they are no change. */
export const isSameSite = (one: SiteDraft, other: SiteDraft): boolean => JSON.stringify(toUpdate(one)) === JSON.stringify(toUpdate(other))

export type DraftFault = 'nameMissing' | 'colorInvalid' | 'privacyInvalid'

export function findFaults({ title, chat_color_theme, privacy_policy }: SiteDraft): ReadonlySet<DraftFault> {
  const faults = new Set<DraftFault>()
  if (title.trim() === '') faults.add('nameMissing')
  if (chat_color_theme.trim() !== '' && !isColor(chat_color_theme)) faults.add('colorInvalid')
  if (privacy_policy.trim() !== '' && !isWebAddress(privacy_policy.trim())) faults.add('privacyInvalid')
  return faults
}

/** As pages of apps take it (`published/theme-color.ts`). */
const isColor = (text: string): boolean => /^#?(?:[\da-f]{3}|[\da-f]{6})$/iu.test(text.trim())

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:/u.test(text)

/** A colour as the browser's own field for colours wants it; undefined where it is none. */
export function toPickerColor(text: string): string | undefined {
  if (!isColor(text)) return undefined
  const digits = text.trim().replace('#', '').toLowerCase()
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`
}

const chatModes: ReadonlySet<App['mode']> = new Set(['chat', 'agent-chat', 'advanced-chat'])
const stepModes: ReadonlySet<App['mode']> = new Set(['advanced-chat', 'workflow'])

export const isChatMode = (mode: App['mode']): boolean => chatModes.has(mode)
export const hasSteps = (mode: App['mode']): boolean => stepModes.has(mode)
