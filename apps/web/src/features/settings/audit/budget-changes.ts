const periods = ['day', 'month', 'total'] as const

type BudgetChange =
  | 'amount'
  | `period.${(typeof periods)[number]}`
  | 'timezone'
  | 'warn_percent'
  | `stops.${'on' | 'off'}`
  | `refuses_unpriced.${'on' | 'off'}`

/** What an entry tells to have been changed of a budget, by the keys of its words; nothing where an older one does not tell. */
export function budgetChangesOf(details: Readonly<Record<string, unknown>>): readonly BudgetChange[] {
  const changed: readonly unknown[] = Array.isArray(details['changed']) ? details['changed'] : []
  const has = (part: string): boolean => changed.includes(part)
  const period = periods.find((known) => known === details['period'])
  const side = (part: string) => (details[part] === true ? 'on' : 'off')
  return [
    ...(has('amount') ? (['amount'] as const) : []),
    ...(has('period') && period ? ([`period.${period}`] as const) : []),
    ...(['timezone', 'warn_percent'] as const).filter(has),
    ...(['stops', 'refuses_unpriced'] as const).filter(has).map((part) => `${part}.${side(part)}` as const),
  ]
}
