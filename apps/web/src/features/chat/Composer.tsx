import { ArrowUp, Square } from 'lucide-react'
import { type ReactNode, type Ref, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx, IconButton, touchRow, useKeepToastsAbove } from '../../design/index.ts'
import type { DictationStatus } from '../speech/useDictation.ts'
import { addText, type OfferedText, putOffered } from './composer-text.ts'

export interface ComposerProps {
  readonly placeholder?: string | undefined
  /** An answer is being written: the button stops it. */
  readonly isStreaming: boolean
  readonly isDisabled?: boolean | undefined
  /** False where the message was not taken and its text shall stay. */
  readonly onSend: (text: string) => boolean
  /** A question that was chosen elsewhere and could not be asked yet. */
  readonly offered?: OfferedText | null
  readonly onStop: () => void
  /** Left of the button. */
  readonly tools?: ReactNode
  /** Beside the button: another way to write. What it gives is put behind the text. */
  readonly dictation?: ((insert: (text: string) => void, onStatus: (status: DictationStatus) => void) => ReactNode) | undefined
  /** Told whether something is being said that belongs to the message: nothing is sent before it is written down. */
  readonly onHearing?: ((isHearing: boolean) => void) | undefined
  /** Above the text: what goes with it. */
  readonly attachments?: ReactNode
  /** Takes files that are pasted or dropped. */
  readonly onFiles?: ((files: readonly File[]) => void) | undefined
  readonly size?: 'm' | 'l'
  readonly ref?: Ref<HTMLTextAreaElement>
}

const isHeard = (status: DictationStatus): boolean => status === 'recording' || status === 'transcribing'

/** Enter sends, Shift+Enter breaks the line; Enter that ends the composing of a word does neither. */
export function Composer(props: ComposerProps) {
  const {
    placeholder,
    isStreaming,
    isDisabled,
    onSend,
    offered = null,
    onStop,
    tools,
    dictation,
    onHearing,
    attachments,
    onFiles,
    size = 'm',
    ref,
  } = props
  const { t } = useTranslation('chat')
  useKeepToastsAbove('field')
  const [text, setText] = useState('')
  const [hearing, setHearing] = useState<DictationStatus>('idle')
  const isHearing = isHeard(hearing)
  useEffect(() => onHearing?.(isHearing), [isHearing, onHearing])
  const [taken, setTaken] = useState<OfferedText | null>(null)
  if (offered !== null && offered !== taken) {
    setTaken(offered)
    setText((before) => putOffered(before, offered, taken))
  }
  const send = () => {
    const query = text.trim()
    if (query === '' || isStreaming || isDisabled || isHearing) return
    if (onSend(query)) setText('')
  }
  return (
    <form
      className={cx(
        'rounded-lg border border-field bg-surface shadow-low transition-colors focus-within:border-accent',
        size === 'l' ? 'px-3 pt-2.75 pb-2.5' : 'px-2.5 pt-2 pb-2',
      )}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onDragOver={(event) => onFiles && event.preventDefault()}
      onDrop={(event) => {
        if (!onFiles || event.dataTransfer.files.length === 0) return
        event.preventDefault()
        onFiles([...event.dataTransfer.files])
      }}
    >
      {attachments}
      <textarea
        ref={ref}
        rows={1}
        aria-label={t('composer.label')}
        placeholder={hearing === 'recording' ? t('speech.recording') : placeholder || t('composer.placeholder')}
        value={text}
        disabled={isDisabled}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          if (!onFiles || event.clipboardData.files.length === 0) return
          event.preventDefault()
          onFiles([...event.clipboardData.files])
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          send()
        }}
        className={cx(
          'block field-sizing-content max-h-60 w-full resize-none bg-transparent px-1 outline-none',
          // Smaller than 16 px, and phones zoom the page into the field.
          size === 'l' && 'text-xl sm:text-[15px]',
        )}
      />
      <div className={cx('mt-1.5 flex items-center gap-x-1', touchRow)}>
        {tools}
        <span className="flex-1" />
        {dictation?.((said) => setText((before) => addText(before, said)), setHearing)}
        {isStreaming ? (
          <IconButton key="stop" label={t('composer.stop')} variant="default" shape="circle" onClick={onStop}>
            <Square size={11} fill="currentColor" aria-hidden />
          </IconButton>
        ) : isHearing ? null : (
          <IconButton
            key="send"
            type="submit"
            label={t('composer.send')}
            variant="primary"
            shape="circle"
            disabled={isDisabled || text.trim() === ''}
          >
            <ArrowUp size={15} aria-hidden />
          </IconButton>
        )}
      </div>
    </form>
  )
}
