import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { cx } from '../../../design/index.ts'
import { askedVariable, insertVariable, segmentPrompt } from '../../app/prompt-variables.ts'
import { offeredId, VariableOffer } from './VariableOffer.tsx'

export interface PromptEditorHandle {
  /** Puts `{{name}}` at the cursor. */
  readonly insert: (name: string) => void
}

export interface PromptEditorProps {
  readonly value: string
  readonly onValueChange: (value: string) => void
  /** Variables that exist; others are underlined. */
  readonly known: readonly string[]
  readonly label: string
  readonly placeholder: string
  readonly isReadOnly: boolean
  readonly size?: 's' | 'l'
  readonly ref?: Ref<PromptEditorHandle>
}

/** The variables that fit what stands before the cursor, and which of them Enter takes. */
interface Offer {
  readonly at: number
  readonly names: readonly string[]
  readonly active: number
}

/** Both layers must break lines alike: everything that decides about it stands here, once. */
const metrics = 'col-start-1 row-start-1 px-3 py-2.5 font-sans text-m leading-[1.6] whitespace-pre-wrap wrap-anywhere'

/** A text area whose placeholders are coloured by a copy of the text behind it; `{{` offers the variables. */
export function PromptEditor({ value, onValueChange, known, label, placeholder, isReadOnly, size = 'l', ref }: PromptEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const cursorMark = useRef<HTMLSpanElement>(null)
  const nextCursor = useRef<number | null>(null)
  const offerId = useId()
  const [offer, setOffer] = useState<Offer | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor is set once the new value stands in the field.
  useLayoutEffect(() => {
    if (nextCursor.current === null) return
    area.current?.focus()
    area.current?.setSelectionRange(nextCursor.current, nextCursor.current)
    nextCursor.current = null
  }, [value])

  const insert = (name: string) => {
    const element = area.current
    if (!element) return
    const edit = insertVariable(value, { start: element.selectionStart, end: element.selectionEnd }, name)
    nextCursor.current = edit.cursor
    onValueChange(edit.text)
  }
  useImperativeHandle(ref, () => ({ insert }))

  const onChange = (text: string, cursor: number) => {
    onValueChange(text)
    const asked = askedVariable(text, cursor)
    const isTyped = text.length === value.length + 1 || offer !== null
    const names = asked === undefined || !isTyped ? [] : known.filter((name) => name.startsWith(asked))
    setOffer(names.length === 0 ? null : { at: cursor, names, active: 0 })
  }

  const choose = (name: string) => {
    setOffer(null)
    insert(name)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (offer === null || event.nativeEvent.isComposing) return
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const chosen = event.key === 'Enter' || event.key === 'Tab' ? offer.names[offer.active] : undefined
    if (move !== 0) setOffer({ ...offer, active: (offer.active + move + offer.names.length) % offer.names.length })
    else if (chosen !== undefined) choose(chosen)
    else if (event.key === 'Escape') setOffer(null)
    else return
    event.preventDefault()
  }

  return (
    <div className={cx('field-frame grid overflow-y-auto', size === 'l' ? 'max-h-[46vh] min-h-40' : 'max-h-60 min-h-16')}>
      <div aria-hidden className={cx(metrics, 'pointer-events-none relative text-ink')}>
        <Highlighted value={value} known={known} />
        {offer !== null && (
          // The text up to the cursor, unseen, to find the place where the menu opens.
          <span className={cx(metrics, 'invisible absolute inset-0')}>
            {value.slice(0, offer.at)}
            <span ref={cursorMark} />
          </span>
        )}
        {/* A last line break needs something after it to have a height. */}
        {'\u200b'}
      </div>
      <textarea
        ref={area}
        aria-label={label}
        placeholder={placeholder}
        readOnly={isReadOnly}
        spellCheck={false}
        value={value}
        aria-autocomplete="list"
        {...(offer === null ? {} : { 'aria-controls': offerId, 'aria-activedescendant': offeredId(offerId, offer.active) })}
        onChange={(event) => onChange(event.target.value, event.target.selectionStart)}
        onKeyDown={onKeyDown}
        onBlur={() => setOffer(null)}
        className={cx(metrics, 'block resize-none overflow-hidden bg-transparent text-transparent caret-ink outline-none')}
      />
      <VariableOffer
        id={offerId}
        anchor={cursorMark}
        names={offer?.names ?? []}
        active={offer?.active ?? 0}
        onChoose={choose}
        onClose={() => setOffer(null)}
      />
    </div>
  )
}

function Highlighted({ value, known }: { readonly value: string; readonly known: readonly string[] }) {
  return segmentPrompt(value).map((segment, position) =>
    segment.variable === undefined ? (
      segment.text
    ) : (
      <mark
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text have no other identity
        key={position}
        className={cx(
          'rounded-[3px]',
          known.includes(segment.variable)
            ? 'bg-accent-soft text-accent shadow-[0_0_0_1px_var(--accent-soft)]'
            : 'bg-transparent text-warn underline decoration-warn decoration-wavy',
        )}
      >
        {segment.text}
      </mark>
    ),
  )
}
