import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox, CopyButton, cx, TextArea, useScrollFrame } from '../../../../design/index.ts'
import type { Proposal } from './useWriting.ts'

export interface ProposalViewProps {
  readonly present: string
  readonly proposal: Proposal
  /** Empty where there is none to take. */
  readonly opening: string
  readonly takesOpening: boolean
  readonly onTakesOpening: (takes: boolean) => void
  readonly isBusy: boolean
  /** False where somebody stopped it; rejects where it failed. */
  readonly onImprove: (instruction: string) => Promise<boolean>
}

/** What there is and what is proposed, side by side, and how to go on from there. */
export function ProposalView({ present, proposal, opening, takesOpening, onTakesOpening, isBusy, onImprove }: ProposalViewProps) {
  const { t } = useTranslation('generator')
  const [change, setChange] = useState('')
  const improve = () =>
    onImprove(change).then(
      (isDone) => isDone && setChange(''),
      () => undefined, // What went wrong is told above; the words stay for another try.
    )
  return (
    <>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Text title={t('present')} text={present} empty={t('presentEmpty')} />
        <Text title={t('proposal')} text={proposal.prompt} isNew />
      </div>
      {proposal.message !== '' && <p className="text-ink-2">{proposal.message}</p>}
      {opening !== '' && (
        <Checkbox
          checked={takesOpening}
          onCheckedChange={onTakesOpening}
          label={t('opening', { text: opening, interpolation: { escapeValue: false } })}
        />
      )}
      <div className="flex items-end gap-2">
        <TextArea
          label={t('change')}
          placeholder={t('changePlaceholder')}
          rows={1}
          value={change}
          onValueChange={setChange}
          className="flex-1"
          controlClassName="min-h-7.5"
        />
        <Button disabled={isBusy || change.trim() === ''} onClick={improve}>
          {t('improve')}
        </Button>
      </div>
    </>
  )
}

interface TextProps {
  readonly title: string
  readonly text: string
  readonly empty?: string
  readonly isNew?: boolean
}

function Text({ title, text, empty, isNew = false }: TextProps) {
  const frame = useScrollFrame()
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1.5">
      <div className="flex h-6 items-center gap-1 text-s font-medium text-ink-2">
        <span className="flex-1">{title}</span>
        {isNew && <CopyButton text={text} />}
      </div>
      <div
        {...frame}
        className={cx(
          'max-h-64 min-h-24 flex-1 overflow-y-auto rounded-sm border px-3 py-2 leading-[1.6] whitespace-pre-wrap wrap-anywhere',
          isNew ? 'border-accent bg-surface text-ink' : 'border-line bg-surface-2 text-ink-2',
        )}
      >
        {text.trim() === '' ? <span className="text-ink-3">{empty}</span> : <p>{text}</p>}
      </div>
    </section>
  )
}
