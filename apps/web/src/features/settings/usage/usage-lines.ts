import type { ModelUsage, UsageSums } from '../../../api/types/usage.ts'
import type { UsageSearch } from './usage-search.ts'

/** A line of a table; `narrows` is what the address gets when only it is wanted. */
export interface UsageLine extends UsageSums {
  readonly id: string
  /** Null: what it is called is said by `without` or not known any more. */
  readonly name: string | null
  readonly note?: string | undefined
  readonly without?: 'noApp' | 'goneApp' | 'noPerson' | 'gonePerson' | 'goneKey'
  readonly narrows: UsageSearch | null
}

export const usageTables = ['models', 'apps', 'people', 'keys'] as const
export type UsageTable = (typeof usageTables)[number]

/** Ids of providers name their plugin first. */
const shortName = (provider: string): string => provider.split('/').at(-1) ?? provider

export function toLines(usage: ModelUsage, table: UsageTable): readonly UsageLine[] {
  switch (table) {
    case 'models':
      return usage.models.map(({ provider, model, ...sums }) => ({
        ...sums,
        id: `${provider} ${model}`,
        name: model,
        note: shortName(provider),
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
      return usage.people.map(({ id, type: _, ...line }) => ({
        ...line,
        id: id ?? '',
        without: id === null ? 'noPerson' : 'gonePerson',
        narrows: id === null ? null : { person: id },
      }))
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
