import type { AppLimits } from '../../api/types/apps.ts'

export const limitNames = ['max_active_requests', 'requests_per_minute', 'requests_per_hour', 'requests_per_day'] as const
export type LimitName = (typeof limitNames)[number]

/** What stands in the fields; empty is no limit. */
export type LimitsDraft = Readonly<Record<LimitName, string>>
type Limits = Readonly<Record<LimitName, number | null>>

export const toDraft = (limits: Limits): LimitsDraft => mapLimits((name) => limits[name]?.toString() ?? '')

/** The fields that hold no whole number of 1 or more. */
export const findFaults = (draft: LimitsDraft): readonly LimitName[] =>
  limitNames.filter((name) => draft[name].trim() !== '' && !/^[1-9]\d{0,8}$/.test(draft[name].trim()))

export const toLimits = (draft: LimitsDraft): Limits => mapLimits((name) => (draft[name].trim() === '' ? null : Number(draft[name])))

export const isSame = (draft: LimitsDraft, limits: Limits): boolean =>
  findFaults(draft).length === 0 && limitNames.every((name) => toLimits(draft)[name] === limits[name])

/** What holds for a field that is empty. */
export const impliedLimit = ({ ceilings, default_active_requests: byDefault }: AppLimits, name: LimitName): number | null => {
  const ceiling = ceilings[name]
  if (name !== 'max_active_requests' || byDefault === null) return ceiling
  return ceiling === null ? byDefault : Math.min(byDefault, ceiling)
}

const mapLimits = <Value>(limitOf: (name: LimitName) => Value): Record<LimitName, Value> => ({
  max_active_requests: limitOf('max_active_requests'),
  requests_per_minute: limitOf('requests_per_minute'),
  requests_per_hour: limitOf('requests_per_hour'),
  requests_per_day: limitOf('requests_per_day'),
})
