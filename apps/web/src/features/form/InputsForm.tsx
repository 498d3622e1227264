import { Square } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { Button, type ButtonProps, Skeleton } from '../../design/index.ts'
import { lazyPart } from '../../lazy-part.ts'
import type { FormState } from './useForm.ts'

// Forms without fields need none of its controls.
const InputFields = lazyPart(() => import('./InputFields.tsx').then((module) => ({ default: module.InputFields })))

export interface InputsFormProps {
  readonly form: FormState
  readonly isRunning: boolean
  readonly onRun: (inputs: Record<string, unknown>) => void
  readonly onStop: () => void
  /** What a person is told of a failed upload. */
  readonly textOf: (error: unknown) => string
  readonly run: { readonly label: string; readonly icon: ReactNode }
  readonly stopLabel: string
  /** Stands in place of the fields of a form that has none. */
  readonly empty?: ReactNode
  /** Offers to empty the fields where it is there. */
  readonly clearLabel?: string
  readonly size?: ButtonProps['size']
}

/** A form whose button makes something of its inputs, and stops that; Enter with Control or Command presses it from any field. */
export function InputsForm(props: InputsFormProps) {
  const { form, isRunning, onRun, onStop, textOf, run, stopLabel, empty, clearLabel, size = 'l' } = props
  const submit = () => {
    if (isRunning) return
    const inputs = form.collect()
    if (inputs !== null) onRun(inputs)
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
        event.preventDefault()
        submit()
      }}
    >
      {form.shown.length > 0 ? (
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
      ) : (
        empty
      )}
      <div className="flex gap-2">
        {isRunning ? (
          <Button key="stop" size={size} className="flex-1" icon={<Square size={12} fill="currentColor" aria-hidden />} onClick={onStop}>
            {stopLabel}
          </Button>
        ) : (
          <Button key="run" type="submit" size={size} variant="primary" className="flex-1" icon={run.icon}>
            {run.label}
          </Button>
        )}
        {clearLabel !== undefined && form.shown.length > 0 && (
          <Button size={size} variant="ghost" onClick={form.clear}>
            {clearLabel}
          </Button>
        )}
      </div>
    </form>
  )
}
