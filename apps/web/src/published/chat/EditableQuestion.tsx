import { Pencil } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, CopyButton, cx, IconButton, touchRow } from '../../design/index.ts'
import { Question } from '../../features/chat/TurnView.tsx'
import { useCanAsk, whileAskable } from './can-ask.ts'
import type { ChatStore } from './chat-store.ts'
import type { ChatTurn } from './chat-turn.ts'

export interface EditableQuestionProps {
  readonly turn: ChatTurn
  readonly store: ChatStore
  /** In the app's own colour. */
  readonly isStrong: boolean
}

/** A question that can be asked in other words; the old one stays, with its answer. */
export function EditableQuestion({ turn, store, isStrong }: EditableQuestionProps) {
  const { t } = useTranslation('published')
  const [isEditing, setEditing] = useState(false)
  const pencil = useRef<HTMLButtonElement>(null)
  if (isEditing) {
    const close = () => {
      setEditing(false)
      requestAnimationFrame(() => pencil.current?.focus())
    }
    return <QuestionField turn={turn} store={store} onCancel={close} />
  }
  return (
    <div className="group/question flex flex-col items-end gap-1">
      <Question text={turn.query} isStrong={isStrong} />
      <div
        className={cx(
          '-mb-3 flex h-6.5 gap-x-0.5 text-ink-3 opacity-0 transition-opacity group-focus-within/question:opacity-100 group-hover/question:opacity-100 pointer-coarse:opacity-100',
          touchRow,
        )}
      >
        <CopyButton text={turn.query} />
        <IconButton ref={pencil} label={t('question.edit')} size="s" className={whileAskable} onClick={() => setEditing(true)}>
          <Pencil size={14} aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}

interface QuestionFieldProps {
  readonly turn: ChatTurn
  readonly store: ChatStore
  readonly onCancel: () => void
}

function QuestionField({ turn, store, onCancel }: QuestionFieldProps) {
  const { t } = useTranslation(['published', 'common'])
  const canAsk = useCanAsk(store, turn)
  const { query: before } = turn
  const [text, setText] = useState(before)
  const field = useRef<HTMLTextAreaElement>(null)
  // The pencil was pressed to write here.
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(before.length, before.length)
  }, [before])
  const send = () => {
    if (canAsk && text.trim() !== '') store.askAgain(turn, text.trim())
  }
  return (
    <form
      className="flex w-full flex-col gap-2 self-end rounded-lg border border-field bg-surface px-3.5 py-2.5 focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={field}
        aria-label={t('question.label')}
        className="block field-sizing-content max-h-60 w-full resize-none bg-transparent text-xl outline-none sm:text-[15px]"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') {
            event.preventDefault()
            onCancel()
          }
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          send()
        }}
      />
      <div className="flex items-center justify-end gap-2 text-m leading-normal">
        <span className="mr-auto text-s text-ink-3">{t('question.hint')}</span>
        <Button size="s" variant="ghost" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button size="s" variant="primary" type="submit" disabled={!canAsk || text.trim() === ''}>
          {t('question.ask')}
        </Button>
      </div>
    </form>
  )
}
