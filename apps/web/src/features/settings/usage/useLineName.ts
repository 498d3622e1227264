import { useTranslation } from 'react-i18next'
import type { UsageLine } from './usage-lines.ts'

/** What a line is called, in the reader's language. */
export function useLineName(): (line: Pick<UsageLine, 'name' | 'without' | 'mark'>) => string {
  const { t } = useTranslation('usage')
  return ({ name, without, mark }) => name ?? t(without ?? 'unknown', { mark })
}
