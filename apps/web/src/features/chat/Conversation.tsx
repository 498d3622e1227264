import { ArrowDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card, cx, IconButton } from '../../design/index.ts'
import { AttachButtons, AttachmentTray } from '../attachments/AttachmentTray.tsx'
import { useAttachments } from '../attachments/useAttachments.ts'
import type { FileRules } from '../form/file-rules.ts'
import { InputFields } from '../form/InputFields.tsx'
import type { FormState } from '../form/useForm.ts'
import { Announcement } from './Announcement.tsx'
import { Composer, type ComposerProps } from './Composer.tsx'
import { Markdown } from './Markdown.tsx'
import { SuggestionChips } from './SuggestionChips.tsx'
import { TurnFiles } from './TurnFiles.tsx'
import { TurnView, type TurnViewProps } from './TurnView.tsx'
import type { Turn } from './turn.ts'
import type { ChatRun } from './useChatRun.ts'
import { useOffered } from './useOffered.ts'
import { useStickToBottom } from './useStickToBottom.ts'

export interface ConversationProps {
  readonly run: ChatRun
  /** Asked before the first message, and sent with each. */
  readonly form: FormState
  readonly textOf: (error: unknown) => string
  /** Above all else. */
  readonly head?: ReactNode
  /** The app's own first words; empty where it has none. */
  readonly opening: string
  /** Questions to choose from, while nothing is being written. */
  readonly questions: readonly string[]
  /** Stands where there is nothing else yet. */
  readonly emptyHint?: string
  /** What files may go with a question; none where it is left out. */
  readonly fileRules?: FileRules | undefined
  /** Another way to write a question. */
  readonly dictation?: ComposerProps['dictation']
  /** What stands with a turn. */
  readonly parts: (turn: Turn) => Partial<Pick<TurnViewProps, 'figures' | 'steps' | 'extras' | 'actions'>>
}

/** A conversation of the console: the form, the turns as they come, and the field for the next question. */
export function Conversation(props: ConversationProps) {
  const { run, form, textOf, head, opening, questions, emptyHint, fileRules, dictation, parts } = props
  const { t } = useTranslation('chat')
  const scroller = useStickToBottom(run.turns)
  const attachments = useAttachments(fileRules, textOf)
  const [isHearing, setHearing] = useState(false)
  const hasNothing = run.turns.length === 0 && opening === '' && questions.length === 0
  const send = (query: string) => {
    // The form is checked here so that the message stays in the field when something is missing.
    if (form.collect() === null || attachments.isUnready || isHearing) return false
    scroller.scrollToEnd()
    run.send(query, attachments.take().attachments)
    return true
  }
  const { offered, choose } = useOffered(send)
  const regenerate = () => form.collect() !== null && run.regenerate()
  return (
    <>
      <div ref={scroller.ref} className="relative min-h-0 flex-1 overflow-y-auto px-5 py-5">
        <div className="mx-auto flex min-h-full max-w-170 flex-col gap-6 text-l leading-relaxed">
          {head}
          {form.shown.length > 0 && (
            <Card className="p-4 text-m leading-normal">
              <InputFields
                variables={form.shown}
                values={form.values}
                onChange={form.change}
                faults={form.faults}
                goTo={form.goTo}
                textOf={textOf}
              />
            </Card>
          )}
          {opening !== '' && <Markdown text={opening} />}
          {hasNothing && emptyHint !== undefined && <p className="m-auto max-w-80 text-center text-m text-ink-3">{emptyHint}</p>}
          {run.turns.map((turn, position) => (
            <TurnView
              key={turn.key}
              turn={turn}
              attachments={turn.attachments && <TurnFiles files={turn.attachments} className="self-end" />}
              {...parts(turn)}
              onRegenerate={position === run.turns.length - 1 ? regenerate : undefined}
            />
          ))}
          {!run.isStreaming && <SuggestionChips questions={questions} onChoose={choose} />}
        </div>
      </div>
      <div className={cx('composer-fade relative shrink-0 px-5 pb-4', scroller.isAway && 'before:h-10')}>
        {scroller.isAway && (
          <IconButton
            label={t('toEnd')}
            variant="default"
            shape="circle"
            className="absolute -top-10 left-1/2 -translate-x-1/2"
            onClick={scroller.scrollToEnd}
          >
            <ArrowDown size={15} aria-hidden />
          </IconButton>
        )}
        <div className="mx-auto max-w-170">
          <Composer
            isStreaming={run.isStreaming}
            onSend={send}
            offered={offered}
            onStop={run.stop}
            dictation={dictation}
            onHearing={setHearing}
            tools={<AttachButtons attachments={attachments} />}
            attachments={<AttachmentTray attachments={attachments} />}
            onFiles={fileRules?.methods.includes('local_file') ? attachments.add : undefined}
          />
        </div>
        <Announcement turn={run.turns.at(-1)} />
      </div>
    </>
  )
}
