import { Clock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonProps, Notice } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { Markdown } from '../chat/Markdown.tsx'
import { InputFields } from '../form/InputFields.tsx'
import { useForm } from '../form/useForm.ts'
import { type FormAction, type FormContent, splitContent, toAnswer } from './waiting-form.ts'

export interface HumanFormProps {
  readonly form: FormContent
  /** Answers the form; what it throws is said beside the buttons. */
  readonly onAnswer: (inputs: Record<string, unknown>, actionId: string) => Promise<void>
  readonly textOf: (error: unknown) => string
}

const variants: Readonly<Record<FormAction['style'], ButtonProps['variant']>> = {
  primary: 'primary',
  accent: 'primary',
  default: 'default',
  ghost: 'ghost',
}

/** What a run asks of a person: text and fields in one flow, then the buttons, each of which is an answer. */
export function HumanForm({ form, onAnswer, textOf }: HumanFormProps) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  const fields = useForm(form.fields)
  const [pressed, setPressed] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const answer = async (actionId: string) => {
    const inputs = fields.collect()
    if (inputs === null) return
    setPressed(actionId)
    setError(null)
    try {
      await onAnswer(toAnswer(form, inputs), actionId)
    } catch (refusal) {
      setError(refusal)
      setPressed(null)
    }
  }
  return (
    <div className="flex flex-col gap-4">
      {splitContent(form).map((part) =>
        'text' in part ? (
          <Markdown key={part.text} text={part.text} />
        ) : (
          <InputFields
            key={part.field.variable}
            variables={[part.field]}
            values={fields.values}
            onChange={fields.change}
            faults={fields.faults}
            goTo={fields.goTo?.variable === part.field.variable ? fields.goTo : null}
            isDisabled={pressed !== null}
            textOf={textOf}
          />
        ),
      )}
      {error !== null && <Notice tone="bad">{textOf(error)}</Notice>}
      <div className="flex flex-wrap items-center gap-2">
        {form.actions.map(({ id, title, style }) => (
          <Button
            key={id}
            size="l"
            variant={variants[style]}
            isBusy={pressed === id}
            disabled={pressed !== null}
            onClick={() => void answer(id)}
          >
            {title || id}
          </Button>
        ))}
      </div>
      {form.expiresAt !== null && (
        <p className="flex items-center gap-1.5 text-s text-ink-3">
          <Clock size={13} aria-hidden />
          {t('form.until', { time: format.dateTime(form.expiresAt) })}
        </p>
      )}
    </div>
  )
}
