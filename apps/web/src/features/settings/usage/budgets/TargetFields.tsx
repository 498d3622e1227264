import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { ConsoleApi } from '../../../../api/console-api.ts'
import type { AppSummary } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { Notice, Select } from '../../../../design/index.ts'
import { type BudgetFaults, type BudgetForm, budgetTargets } from './budget-form.ts'

export interface TargetFieldsProps {
  readonly form: BudgetForm
  readonly faults: BudgetFaults
  readonly onChange: (part: Partial<BudgetForm>) => void
}

/** What a budget is of; it stays that for good. */
export function TargetFields({ form, faults, onChange }: TargetFieldsProps) {
  const { t } = useTranslation('usage')
  return (
    <>
      <Select
        label={t('form.target')}
        options={budgetTargets.map((value) => ({ value, label: t(`form.targets.${value}`) }))}
        value={form.target}
        onValueChange={(target) => onChange({ target })}
      />
      {form.target !== 'workspace' && <AppField form={form} faults={faults} onChange={onChange} />}
      {form.target === 'key' && form.appId !== null && <KeyField form={form} faults={faults} onChange={onChange} appId={form.appId} />}
    </>
  )
}

function AppField({ form, faults, onChange }: TargetFieldsProps) {
  const { t } = useTranslation('usage')
  const api = useApi()
  const errorText = useErrorText()
  const apps = useQuery({ queryKey: ['apps', 'all'], queryFn: () => listApps(api), staleTime: 0 })
  if (apps.isError) return <Notice tone="bad">{errorText(apps.error)}</Notice>
  return (
    <Select
      label={t('form.app')}
      required
      disabled={apps.isPending}
      placeholder={t('form.choose')}
      options={(apps.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={form.appId}
      onValueChange={(appId) => onChange({ appId, keyId: null })}
      error={faults.app ? t('form.faults.app') : null}
    />
  )
}

const PAGE_SIZE = 100

async function listApps(api: ConsoleApi): Promise<readonly AppSummary[]> {
  const apps: AppSummary[] = []
  for (let page = 1; ; page++) {
    const { data, has_more } = await api.apps.list({ page, limit: PAGE_SIZE })
    apps.push(...data)
    if (!has_more) return apps
  }
}

function KeyField({ form, faults, onChange, appId }: TargetFieldsProps & { readonly appId: string }) {
  const { t } = useTranslation('usage')
  const api = useApi()
  const errorText = useErrorText()
  const keys = useQuery({ queryKey: ['keys', appId], queryFn: () => api.apps.keys(appId) })
  if (keys.isError) return <Notice tone="bad">{errorText(keys.error)}</Notice>
  return (
    <Select
      label={t('form.key')}
      required
      disabled={keys.isPending}
      placeholder={t('form.choose')}
      hint={keys.data?.length === 0 ? t('form.noKeys') : undefined}
      options={(keys.data ?? []).map(({ id, token }) => ({ value: id, label: token }))}
      value={form.keyId}
      onValueChange={(keyId) => onChange({ keyId })}
      error={faults.key ? t('form.faults.key') : null}
    />
  )
}
