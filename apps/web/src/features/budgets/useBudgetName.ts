import { useTranslation } from 'react-i18next'
import type { Budget } from '../../api/types/usage.ts'

/** What a budget is of. */
export function useBudgetName(): (target: Budget['target']) => string {
  const { t } = useTranslation('usage')
  return (target) => {
    if (target.type === 'workspace') return t('budgets.workspace')
    const app = target.name ?? t('goneApp')
    return target.type === 'app' ? app : t('budgets.key', { token: target.token ?? t('goneKey'), app })
  }
}
