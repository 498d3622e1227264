import { useMemo } from 'react'
import { useApp } from '../app/app-context.ts'
import { BasicNeverPublished } from '../app/BasicNeverPublished.tsx'
import { useDraftPublication } from '../app/useDraftPublication.ts'
import { parseForm } from '../app/user-input-form.ts'
import { OverviewPage } from './OverviewPage.tsx'

/** The public page of an app that has a configuration. */
export function BasicOverviewPage() {
  const { app } = useApp()
  const form = app.model_config?.user_input_form
  const notice = useDraftPublication() === 'never' && <BasicNeverPublished />
  return <OverviewPage notice={notice} variables={useMemo(() => parseForm(form ?? []), [form])} />
}
