import { ChevronRight } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Card, Skeleton } from '../../design/index.ts'
import type { FormVariable } from '../../features/app/user-input-form.ts'
import { lazyPart } from '../../lazy-part.ts'
import { summarizeInputs } from '../input-form.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import type { StartInputs } from './useStartInputs.ts'

// Most apps have no form; its controls come when one has.
const InputFields = lazyPart(() => import('../../features/form/InputFields.tsx').then((module) => ({ default: module.InputFields })))

/** The app's variables: asked for before the first message, folded away after it. */
export function StartForm({ inputs }: { readonly inputs: StartInputs }) {
  const { t } = useTranslation('published')
  const textOf = useVisitorErrorText()
  const { shown, values, change, faults, goTo, startedWith, isPassedIn } = inputs
  if (shown.length === 0) return null
  if (startedWith) return <InputSummary shown={shown} inputs={startedWith} />
  const fields = (
    <Suspense fallback={<Skeleton className="h-24" />}>
      <InputFields variables={shown} values={values} onChange={change} faults={faults} goTo={goTo} textOf={textOf} />
    </Suspense>
  )
  if (isPassedIn) {
    return (
      <Fold isOpen={faults.length > 0}>
        <div className="border-t border-line p-3">{fields}</div>
      </Fold>
    )
  }
  return (
    <Card className="p-4 text-m leading-normal">
      <p className="mb-3 text-ink-2">{t('inputsHint')}</p>
      {fields}
    </Card>
  )
}

/** Inputs that nobody has to look at. */
function Fold({ isOpen = false, children }: { readonly isOpen?: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation('published')
  return (
    <details open={isOpen} className="group rounded-md border border-line text-m leading-normal">
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-md px-3 py-2 text-ink-2 select-none hover:bg-surface-2">
        <ChevronRight size={14} aria-hidden className="text-ink-3 transition-transform group-open:rotate-90" />
        {t('inputs')}
      </summary>
      {children}
    </details>
  )
}

function InputSummary({ shown, inputs }: { readonly shown: readonly FormVariable[]; readonly inputs: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation('published')
  const told = (value: string | boolean) => (typeof value === 'boolean' ? t(value ? 'yes' : 'no') : value || t('empty'))
  return (
    <Fold>
      <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-1.5 border-t border-line px-3 py-2.5">
        {summarizeInputs(shown, inputs).map(({ name, label, value }) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="whitespace-pre-wrap wrap-anywhere">{told(value)}</dd>
          </div>
        ))}
      </dl>
    </Fold>
  )
}
