import type { LocalizedText } from '../../../api/types/models.ts'
import type { ModelUsage, UsageSums } from '../../../api/types/usage.ts'
import { readUserName } from '../../logs/user-name.ts'
import type { UsageSearch } from './usage-search.ts'
import type { ModelNames } from './useModelNames.ts'

/** A line of a table; `narrows` is what the address gets when only it is wanted. */
export interface UsageLine extends UsageSums {
  readonly id: string
  /** Null: what it is called is said by `without`. */
  readonly name: string | null
  readonly note?: string | undefined
  readonly without?: 'noApp' | 'goneApp' | 'noPerson' | 'gonePerson' | 'goneKey' | 'visitor' | 'unnamed'
  /** What tells visitors apart. */
  readonly mark?: string
  readonly icon?: { readonly light: LocalizedText | null | undefined; readonly dark: LocalizedText | null | undefined }
  readonly narrows: UsageSearch | null
}

/** Where no call has a known price, nothing is known of what they cost. */
export const isCostUnknown = ({ calls, unpriced_calls: unpriced }: UsageSums): boolean => unpriced > 0 && unpriced === calls

export const usageTables = ['models', 'apps', 'people', 'keys'] as const
export type UsageTable = (typeof usageTables)[number]

export function toLines(usage: ModelUsage, table: UsageTable, names: ModelNames): readonly UsageLine[] {
  switch (table) {
    case 'models':
      return usage.models.map(({ provider, model, ...sums }) => ({
        ...sums,
        id: `${provider} ${model}`,
        name: names.modelName(provider, model),
        note: names.providerName(provider),
        icon: { light: names.providerOf(provider)?.icon_small, dark: names.providerOf(provider)?.icon_small_dark },
        narrows: { provider, model },
      }))
    case 'apps':
      return usage.apps.map(({ id, ...line }) => ({
        ...line,
        id: id ?? '',
        without: id === null ? 'noApp' : 'goneApp',
        narrows: id === null ? null : { app: id },
      }))
    case 'people':
      return usage.people.map(toPersonLine)
    case 'keys':
      return usage.keys.map(({ token, app_name, ...line }) => ({
        ...line,
        name: token,
        note: app_name ?? undefined,
        without: 'goneKey',
        narrows: { key: line.id },
      }))
  }
}

function toPersonLine({ id, type, name, session_id: session, is_visitor: isVisitor, ...sums }: ModelUsage['people'][number]): UsageLine {
  const line = { ...sums, id: id ?? '', narrows: id === null ? null : { person: id } }
  if (name === null) return { ...line, name, without: id === null ? 'noPerson' : 'gonePerson' }
  const called = type === 'account' ? ({ kind: 'named', name } as const) : readUserName(name, isVisitor)
  switch (called.kind) {
    case 'named':
      return { ...line, name }
    case 'unnamed':
      return { ...line, name: null, without: 'unnamed' }
    case 'visitor':
      // What the log looks for.
      return { ...line, name: null, without: 'visitor', mark: called.mark, note: session ?? undefined }
  }
}
