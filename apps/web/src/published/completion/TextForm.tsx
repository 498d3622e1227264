import { Sparkles, Square } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Skeleton } from '../../design/index.ts'
import type { FormVariable } from '../../features/app/user-input-form.ts'
import { useForm } from '../../features/form/useForm.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'

const InputFields = lazy(() => import('../../features/form/InputFields.tsx').then((module) => ({ default: module.InputFields })))

export interface TextFormProps {
  readonly variables: readonly FormVariable[]
  readonly isWriting: boolean
  readonly onRun: (inputs: Record<string, unknown>) => void
  readonly onStop: () => void
}

/** The app's variables, and the button that makes a text of them. */
export function TextForm({ variables, isWriting, onRun, onStop }: TextFormProps) {
  const { t } = useTranslation('published')
  const textOf = useVisitorErrorText()
  const form = useForm(variables)
  const run = () => {
    if (isWriting) return
    const inputs = form.collect()
    if (inputs !== null) onRun(inputs)
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
        event.preventDefault()
        run()
      }}
    >
      {form.shown.length > 0 && (
        <Suspense fallback={<Skeleton className="h-32" />}>
          <InputFields
            variables={form.shown}
            values={form.values}
            onChange={form.change}
            faults={form.faults}
            goTo={form.goTo}
            textOf={textOf}
          />
        </Suspense>
      )}
      <div className="flex gap-2">
        {isWriting ? (
          <Button key="stop" size="l" className="flex-1" icon={<Square size={12} fill="currentColor" aria-hidden />} onClick={onStop}>
            {t('text.stop')}
          </Button>
        ) : (
          <Button key="run" type="submit" size="l" variant="primary" className="flex-1" icon={<Sparkles size={15} aria-hidden />}>
            {t('text.run')}
          </Button>
        )}
        {form.shown.length > 0 && (
          <Button size="l" variant="ghost" onClick={form.clear}>
            {t('text.clear')}
          </Button>
        )}
      </div>
    </form>
  )
}
