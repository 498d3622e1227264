import { Sparkles, Square } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Skeleton } from '../../design/index.ts'
import { missingInputs, toInputs } from '../../features/app/user-input-form.ts'
import type { FieldAim } from '../../features/chat/InputFields.tsx'
import { firstValues, readInputForm } from '../input-form.ts'
import { usePublishedApp } from '../published-app.ts'

const InputFields = lazy(() => import('../../features/chat/InputFields.tsx').then((module) => ({ default: module.InputFields })))

export interface TextFormProps {
  readonly isWriting: boolean
  readonly onRun: (inputs: Record<string, unknown>) => void
  readonly onStop: () => void
}

/** The app's variables, and the button that makes a text of them. */
export function TextForm({ isWriting, onRun, onStop }: TextFormProps) {
  const { t } = useTranslation('published')
  const { parameters } = usePublishedApp()
  const form = useMemo(() => readInputForm(parameters), [parameters])
  const [values, setValues] = useState(() => firstValues(form))
  const [isChecked, setChecked] = useState(false)
  const [goTo, setGoTo] = useState<FieldAim | null>(null)
  const missing = missingInputs(form.shown, values)
  const run = () => {
    const [first] = missing
    setChecked(first !== undefined)
    if (first !== undefined) setGoTo({ variable: first })
    else if (!isWriting) onRun(toInputs(form.all, values))
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4 px-5 pb-5 max-md:px-4"
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
          <InputFields variables={form.shown} values={values} onChange={setValues} missing={isChecked ? missing : []} goTo={goTo} />
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
          <Button
            size="l"
            variant="ghost"
            onClick={() => {
              setValues(firstValues(form))
              setChecked(false)
            }}
          >
            {t('text.clear')}
          </Button>
        )}
      </div>
    </form>
  )
}
