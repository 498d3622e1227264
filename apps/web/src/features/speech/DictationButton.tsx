import { Check, Mic, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton, Spinner, useToast } from '../../design/index.ts'
import { type Dictation, type DictationStatus, MOST_SECONDS, useDictation } from './useDictation.ts'

export interface DictationButtonProps {
  readonly onText: (text: string) => void
  readonly isDisabled?: boolean | undefined
  /** Told how far it is: the field beside it says so too, and waits for the text. */
  readonly onStatus?: ((status: DictationStatus) => void) | undefined
}

/** A microphone; while it records, the time, how loud it is, and the ways to end. */
export function DictationButton({ onText, isDisabled, onStatus }: DictationButtonProps) {
  const { t } = useTranslation('chat')
  const toast = useToast()
  const dictation = useDictation({ onText, onError: (message) => toast.error(message) })
  const { status, begin, cancel } = dictation
  const isOn = status !== 'idle'
  const group = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    // The button that was pressed is gone: the keyboard goes on with what took its place.
    if (status === 'recording') group.current?.querySelector<HTMLElement>('[data-finish]')?.focus()
  }, [status])
  useEffect(() => {
    onStatus?.(status)
  }, [status, onStatus])
  // Gone is idle, too.
  useEffect(() => () => onStatus?.('idle'), [onStatus])
  if (!isOn) {
    return (
      <IconButton label={t('speech.dictate')} disabled={isDisabled} onClick={begin}>
        <Mic size={16} aria-hidden />
      </IconButton>
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    cancel()
  }
  return (
    <fieldset ref={group} aria-label={t('speech.dictation')} className="flex items-center gap-1" onKeyDown={onKeyDown}>
      <IconButton label={t('speech.cancel')} onClick={cancel}>
        <X size={16} aria-hidden />
      </IconButton>
      <State dictation={dictation} />
      {status === 'recording' && (
        <IconButton label={t('speech.finish')} isTooltipHidden variant="primary" shape="circle" data-finish onClick={dictation.finish}>
          <Check size={15} aria-hidden />
        </IconButton>
      )}
    </fieldset>
  )
}

function State({ dictation: { status, seconds, level } }: { readonly dictation: Dictation }) {
  const { t } = useTranslation('chat')
  if (status !== 'recording') {
    return (
      <span role="status" className="flex items-center gap-1.5 px-1 text-s text-ink-3">
        <Spinner />
        {t(status === 'asking' ? 'speech.asking' : 'speech.transcribing')}
      </span>
    )
  }
  return (
    <span className="flex items-center gap-2 px-1">
      <span role="status" className="sr-only">
        {t('speech.recording')}
      </span>
      <Level level={level} />
      <span role="timer" className="font-mono text-s text-ink-2 tabular-nums">
        {clock(seconds)}
        {MOST_SECONDS - seconds <= 30 && <span className="text-ink-3"> / {clock(MOST_SECONDS)}</span>}
      </span>
    </span>
  )
}

const BARS = [0.15, 0.35, 0.55, 0.75, 0.9]

/** Bars that light up one by one. */
function Level({ level }: { readonly level: number }) {
  return (
    <span aria-hidden className="flex h-4 items-center gap-0.5">
      {BARS.map((threshold, position) => (
        <span
          key={threshold}
          style={{ height: `${6 + position * 2.5}px` }}
          className={`w-1 rounded-full transition-colors duration-100 ${level >= threshold ? 'bg-accent' : 'bg-line-2'}`}
        />
      ))}
    </span>
  )
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
