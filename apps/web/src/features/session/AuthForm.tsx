import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Notice } from '../../design/index.ts'

export interface AuthFormProps {
  /** What its one button says. */
  readonly submitLabel: string
  readonly onSubmit: () => void
  readonly error: unknown
  readonly isBusy: boolean
  readonly isDisabled?: boolean
  /** The fields. */
  readonly children: ReactNode
}

/**
 * A form on the way into the console: its fields, what went wrong, its button. Faults are told by the fields, not by the browser; the first that
 * has one gets the focus.
 */
export function AuthForm({ submitLabel, onSubmit, error, isBusy, isDisabled = false, children }: AuthFormProps) {
  const errorText = useErrorText()
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        flushSync(onSubmit)
        form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
      }}
    >
      {children}
      {error !== null && error !== undefined && <Notice tone="bad">{errorText(error)}</Notice>}
      <Button type="submit" variant="primary" size="l" isBusy={isBusy} disabled={isDisabled} className="mt-1">
        {submitLabel}
      </Button>
    </form>
  )
}
