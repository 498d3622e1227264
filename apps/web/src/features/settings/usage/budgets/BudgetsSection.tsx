import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { Budget } from '../../../../api/types/usage.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { Button, Card, ErrorState, IconButton, Skeleton } from '../../../../design/index.ts'
import { BudgetItem } from '../../../budgets/BudgetItem.tsx'
import { budgetsQuery } from '../../../budgets/queries.ts'
import { useBudgetName } from '../../../budgets/useBudgetName.ts'
import { useSession } from '../../../session/useSession.ts'
import { BudgetDialog } from './BudgetDialog.tsx'
import { DeleteBudgetDialog } from './DeleteBudgetDialog.tsx'

type Open = { readonly what: 'create' } | { readonly what: 'change' | 'delete'; readonly budget: Budget }

export function BudgetsSection() {
  const { t } = useTranslation('usage')
  const { canAdminister } = useSession()
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  return (
    <section aria-label={t('budgets.title')} className="mb-8">
      <div className="mb-2.5 flex flex-wrap items-end gap-3">
        <div className="flex-1 basis-60">
          <h2 className="text-l font-semibold">{t('budgets.title')}</h2>
          <p className="text-ink-2">
            {t('budgets.lead')} {!canAdminister && t('budgets.onlyAdministrators')}
          </p>
        </div>
        {canAdminister && (
          <Button icon={<Plus size={14} aria-hidden />} onClick={() => setOpen({ what: 'create' })}>
            {t('budgets.add')}
          </Button>
        )}
      </div>
      <Budgets onChange={(budget) => setOpen({ what: 'change', budget })} onDelete={(budget) => setOpen({ what: 'delete', budget })} />
      {open?.what === 'create' && <BudgetDialog onClose={close} />}
      {open?.what === 'change' && <BudgetDialog budget={open.budget} onClose={close} />}
      {open?.what === 'delete' && <DeleteBudgetDialog budget={open.budget} onClose={close} />}
    </section>
  )
}

interface BudgetsProps {
  readonly onChange: (budget: Budget) => void
  readonly onDelete: (budget: Budget) => void
}

function Budgets(actions: BudgetsProps) {
  const { t } = useTranslation('usage')
  const { canAdminister } = useSession()
  const api = useApi()
  const errorText = useErrorText()
  const budgets = useQuery({ ...budgetsQuery(api), refetchOnMount: 'always' })
  if (budgets.isPending) return <Skeleton className="h-20" />
  if (budgets.isError) {
    const retry = () => void budgets.refetch()
    return <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(budgets.error)} onRetry={retry} />
  }
  if (budgets.data.length === 0) return <Card className="px-4 py-3.5 text-ink-2">{t('budgets.none')}</Card>
  return (
    <Card className="divide-y divide-line">
      {budgets.data.map((budget) => (
        <BudgetItem key={budget.id} budget={budget} actions={canAdminister && <Actions budget={budget} {...actions} />} />
      ))}
    </Card>
  )
}

function Actions({ budget, onChange, onDelete }: BudgetsProps & { readonly budget: Budget }) {
  const { t } = useTranslation('usage')
  const name = useBudgetName()(budget.target)
  return (
    <>
      <IconButton size="s" label={t('budgets.edit', { name })} onClick={() => onChange(budget)}>
        <Pencil size={14} aria-hidden />
      </IconButton>
      <IconButton size="s" label={t('budgets.remove', { name })} onClick={() => onDelete(budget)}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </>
  )
}
