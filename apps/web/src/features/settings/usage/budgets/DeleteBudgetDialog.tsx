import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { Budget } from '../../../../api/types/usage.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { ConfirmDialog, useToast } from '../../../../design/index.ts'
import { budgetsQuery } from '../../../budgets/queries.ts'
import { useBudgetName } from '../../../budgets/useBudgetName.ts'

export function DeleteBudgetDialog({ budget, onClose }: { readonly budget: Budget; readonly onClose: () => void }) {
  const { t } = useTranslation('usage')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const name = useBudgetName()(budget.target)
  const remove = useMutation({
    mutationFn: () => api.usage.deleteBudget(budget.id),
    onSuccess: () => {
      onClose()
      toast.success(t('budgets.removed'))
    },
    onError: (error) => toast.error(t('budgets.removeFailed'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: budgetsQuery(api).queryKey }),
  })
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('budgets.removeTitle', { name })}
      consequence={t('budgets.removeConsequence')}
      confirmLabel={t('budgets.removeConfirm')}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  )
}
