import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { Budget } from '../../../../api/types/usage.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { Button, Dialog, Notice, Select, Switch, TextField, useToast } from '../../../../design/index.ts'
import { budgetsQuery } from '../../../budgets/queries.ts'
import { useBudgetName } from '../../../budgets/useBudgetName.ts'
import { useSession } from '../../../session/useSession.ts'
import { type BudgetFaults, type BudgetForm, budgetPeriods, changesOf, findFaults, formOf, newBudget, toCreate } from './budget-form.ts'
import { TargetFields } from './TargetFields.tsx'
import { UnpricedNotice } from './UnpricedNotice.tsx'

/** Makes a budget, or changes the one given; what it is of stays. */
export function BudgetDialog({ budget, onClose }: { readonly budget?: Budget; readonly onClose: () => void }) {
  const { t } = useTranslation('usage')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { account } = useSession()
  const nameOf = useBudgetName()
  const [form, setForm] = useState(() => (budget ? formOf(budget) : newBudget(account.timezone || 'UTC')))
  const [isTried, setTried] = useState(false)
  const faults = findFaults(form)
  const change = (part: Partial<BudgetForm>) => setForm((before) => ({ ...before, ...part }))
  const changes = budget ? changesOf(budget, form) : {}
  const isSame = budget !== undefined && Object.keys(changes).length === 0
  const save = useMutation({
    mutationFn: () => (budget ? api.usage.changeBudget(budget.id, changes) : api.usage.createBudget(toCreate(form))),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: budgetsQuery(api).queryKey })
      onClose()
      toast.success(t('form.saved'))
    },
  })
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(budget ? 'form.change' : 'form.create')}
      description={budget && nameOf(budget.target)}
      width="m"
      onSubmit={() => {
        setTried(true)
        if (Object.keys(faults).length > 0) return
        if (isSame) onClose()
        else save.mutate()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <UnpricedNotice form={form} />
      {!budget && <TargetFields form={form} faults={isTried ? faults : {}} onChange={change} />}
      <Limits form={form} faults={isTried ? faults : {}} onChange={change} />
      <Rules form={form} onChange={change} />
      {save.error && <Notice tone="bad">{errorText(save.error)}</Notice>}
    </Dialog>
  )
}

interface PartProps {
  readonly form: BudgetForm
  readonly onChange: (part: Partial<BudgetForm>) => void
}

function Limits({ form, faults, onChange }: PartProps & { readonly faults: BudgetFaults }) {
  const { t } = useTranslation('usage')
  const zones = [...new Set([form.timezone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
  return (
    <>
      <TextField
        label={t('form.amount')}
        required
        inputMode="decimal"
        value={form.amount}
        onValueChange={(amount) => onChange({ amount })}
        error={faults.amount ? t('form.faults.amount') : null}
      />
      <Select
        label={t('form.period')}
        options={budgetPeriods.map((value) => ({ value, label: t(`form.periods.${value}`) }))}
        value={form.period}
        onValueChange={(period) => onChange({ period })}
      />
      {form.period !== 'total' && (
        <Select
          label={t('form.timezone')}
          hint={t('form.timezoneHint')}
          options={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
          value={form.timezone}
          onValueChange={(timezone) => onChange({ timezone })}
        />
      )}
      <TextField
        label={t('form.warn')}
        hint={t('form.warnHint')}
        inputMode="numeric"
        value={form.warnPercent}
        onValueChange={(warnPercent) => onChange({ warnPercent })}
        error={faults.warn ? t('form.faults.warn') : null}
      />
    </>
  )
}

function Rules({ form, onChange }: PartProps) {
  const { t } = useTranslation('usage')
  return (
    <>
      <Switch label={t('form.stops')} hint={t('form.stopsHint')} checked={form.stops} onCheckedChange={(stops) => onChange({ stops })} />
      {form.stops && (
        <Switch
          label={t('form.refusesUnpriced')}
          hint={t('form.refusesUnpricedHint')}
          checked={form.refusesUnpriced}
          onCheckedChange={(refusesUnpriced) => onChange({ refusesUnpriced })}
        />
      )}
      <Notice tone="info">{t(form.stops ? 'form.stopping' : 'form.warning')}</Notice>
    </>
  )
}
