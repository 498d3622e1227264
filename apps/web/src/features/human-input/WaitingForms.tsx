import { useTranslation } from 'react-i18next'
import { Card, Notice } from '../../design/index.ts'
import type { RunProgress } from '../workflow/run-progress.ts'
import { HumanForm } from './HumanForm.tsx'

export type AnswerForm = (token: string, answer: { readonly inputs: Record<string, unknown>; readonly action: string }) => Promise<void>

export interface WaitingFormsProps {
  readonly run: RunProgress
  readonly onAnswer: AnswerForm
  readonly textOf: (error: unknown) => string
}

/** The forms of a paused run that whoever looks at it may answer; of others it is said that somebody is asked. */
export function WaitingForms({ run, onAnswer, textOf }: WaitingFormsProps) {
  const { t } = useTranslation('workflow')
  if (run.status !== 'paused') return null
  const open = run.forms.flatMap((form) => (form.token === null ? [] : [{ form, token: form.token }]))
  return (
    <>
      {open.length < Math.max(1, run.forms.length) && <Notice tone="info">{t('pausedHint')}</Notice>}
      {open.map(({ form, token }) => (
        <Card key={form.id} className="px-4.5 py-4 text-[15px] leading-[1.65]">
          <section aria-label={form.title || t('form.label')}>
            <HumanForm form={form} textOf={textOf} onAnswer={(inputs, action) => onAnswer(token, { inputs, action })} />
          </section>
        </Card>
      ))}
    </>
  )
}
