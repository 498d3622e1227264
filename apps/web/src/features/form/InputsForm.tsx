import type { FileInput } from '@trellis/contracts'
import { Square } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonProps, Skeleton } from '../../design/index.ts'
import { lazyPart } from '../../lazy-part.ts'
import type { FormState } from './useForm.ts'
import type { FormFiles } from './useFormFiles.ts'

// Forms without fields need none of its controls.
const InputFields = lazyPart(() => import('./InputFields.tsx').then((module) => ({ default: module.InputFields })))
const FileField = lazyPart(() => import('./FileField.tsx').then((module) => ({ default: module.FileField })))

export interface InputsFormProps {
  readonly form: FormState
  /** Where files may go with the form. */
  readonly files?: FormFiles | undefined
  readonly isRunning: boolean
  /** It was told to stop, and has not stopped yet. */
  readonly isStopping?: boolean | undefined
  readonly onRun: (inputs: Record<string, unknown>, files: FileInput[]) => void
  readonly onStop: () => void
  /** What a person is told of a failed upload. */
  readonly textOf: (error: unknown) => string
  readonly run: { readonly label: string; readonly icon: ReactNode; readonly isQuiet?: boolean }
  readonly stopLabel: string
  /** Stands in place of the fields of a form that has none and takes no files. */
  readonly empty?: ReactNode
  /** Offers to empty the fields where it is there. */
  readonly clearLabel?: string
  readonly size?: ButtonProps['size']
}

/** A form whose button makes something of its inputs, and stops that; Enter with Control or Command presses it from any field. */
export function InputsForm(props: InputsFormProps) {
  const { form, files, isRunning, isStopping, onRun, onStop, textOf, run, stopLabel, empty, clearLabel, size = 'l' } = props
  const isEmpty = form.shown.length === 0 && !files
  const clear = () => {
    form.clear()
    files?.clear()
  }
  const submit = () => {
    if (isRunning) return
    const inputs = form.collect()
    const attached = files ? files.collect() : []
    if (inputs !== null && attached !== null) onRun(inputs, attached)
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
      {isEmpty && empty}
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
      {files && <AttachedFiles files={files} textOf={textOf} />}
      <div className="flex gap-2">
        {isRunning ? (
          <Button
            key="stop"
            size={size}
            className="flex-1"
            icon={<Square size={12} fill="currentColor" aria-hidden />}
            isBusy={isStopping}
            onClick={onStop}
          >
            {stopLabel}
          </Button>
        ) : (
          <Button key="run" type="submit" size={size} variant={run.isQuiet ? 'default' : 'primary'} className="flex-1" icon={run.icon}>
            {run.label}
          </Button>
        )}
        {clearLabel !== undefined && !isEmpty && (
          <Button size={size} variant="ghost" onClick={clear}>
            {clearLabel}
          </Button>
        )}
      </div>
    </form>
  )
}

function AttachedFiles({ files, textOf }: { readonly files: FormFiles } & Pick<InputsFormProps, 'textOf'>) {
  const { t } = useTranslation('chat')
  return (
    <Suspense fallback={<Skeleton className="h-16" />}>
      <FileField
        label={t('files.beside')}
        isRequired={false}
        isDisabled={false}
        error={files.isUnready ? t('files.unready') : null}
        rules={files.rules}
        files={files.picked}
        onChange={files.change}
        textOf={textOf}
      />
    </Suspense>
  )
}
