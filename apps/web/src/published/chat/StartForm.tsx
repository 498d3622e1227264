import { ChevronRight } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Card, Skeleton } from '../../design/index.ts'
import type { InputValues } from '../../features/app/user-input-form.ts'
import type { FieldAim } from '../../features/chat/InputFields.tsx'
import { type InputForm, summarizeInputs } from '../input-form.ts'

// Most apps have no form; its controls come when one has.
const InputFields = lazy(() => import('../../features/chat/InputFields.tsx').then((module) => ({ default: module.InputFields })))

export interface StartFormProps {
  readonly form: InputForm
  readonly values: InputValues
  readonly onChange: (values: InputValues) => void
  readonly missing: readonly string[]
  readonly goTo: FieldAim | null
  /** Set once the conversation has begun: its inputs stay as they are. */
  readonly startedWith: Readonly<Record<string, unknown>> | undefined
}

/** The app's variables: asked for before the first message, folded away after it. */
export function StartForm({ form, values, onChange, missing, goTo, startedWith }: StartFormProps) {
  const { t } = useTranslation('published')
  if (form.shown.length === 0) return null
  if (startedWith) return <InputSummary form={form} inputs={startedWith} />
  return (
    <Card className="p-4 text-m leading-normal">
      <p className="mb-3 text-ink-2">{t('inputsHint')}</p>
      <Suspense fallback={<Skeleton className="h-24" />}>
        <InputFields variables={form.shown} values={values} onChange={onChange} missing={missing} goTo={goTo} />
      </Suspense>
    </Card>
  )
}

function InputSummary({ form, inputs }: { readonly form: InputForm; readonly inputs: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation('published')
  const told = (value: string | boolean) => (typeof value === 'boolean' ? t(value ? 'yes' : 'no') : value || t('empty'))
  return (
    <details className="group rounded-md border border-line text-m leading-normal">
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-md px-3 py-2 text-ink-2 select-none hover:bg-surface-2">
        <ChevronRight size={14} aria-hidden className="text-ink-3 transition-transform group-open:rotate-90" />
        {t('inputs')}
      </summary>
      <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-1.5 border-t border-line px-3 py-2.5">
        {summarizeInputs(form, inputs).map(({ name, label, value }) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="whitespace-pre-wrap wrap-anywhere">{told(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
