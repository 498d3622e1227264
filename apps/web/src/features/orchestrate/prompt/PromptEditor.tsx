import { Menu } from '@base-ui/react/menu'
import { type Ref, type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../../design/index.ts'
import { insertVariable, segmentPrompt } from '../../app/prompt-variables.ts'

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

/** Both layers must break lines alike: everything that decides about it stands here, once. */
const metrics = 'col-start-1 row-start-1 px-3 py-2.5 font-sans text-m leading-[1.6] whitespace-pre-wrap wrap-anywhere'

/** A text area whose placeholders are coloured by a copy of the text behind it; `{{` offers the variables. */
export function PromptEditor({ value, onValueChange, known, label, placeholder, isReadOnly, size = 'l', ref }: PromptEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const cursorMark = useRef<HTMLSpanElement>(null)
  const nextCursor = useRef<number | null>(null)
  const [offeredAt, setOfferedAt] = useState<number | null>(null)

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
    const isAsking = text.length === value.length + 1 && text.slice(cursor - 2, cursor) === '{{' && known.length > 0
    setOfferedAt(isAsking ? cursor : null)
  }

  return (
    <div className={cx('field-frame grid overflow-y-auto', size === 'l' ? 'max-h-[46vh] min-h-40' : 'max-h-60 min-h-16')}>
      <div aria-hidden className={cx(metrics, 'pointer-events-none relative text-ink')}>
        <Highlighted value={value} known={known} />
        {offeredAt !== null && (
          // The text up to the cursor, unseen, to find the place where the menu opens.
          <span className={cx(metrics, 'invisible absolute inset-0')}>
            {value.slice(0, offeredAt)}
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
        onChange={(event) => onChange(event.target.value, event.target.selectionStart)}
        className={cx(metrics, 'block resize-none overflow-hidden bg-transparent text-transparent caret-ink outline-none')}
      />
      <VariableOffer
        isOpen={offeredAt !== null}
        anchor={cursorMark}
        returnTo={area}
        names={known}
        onChoose={insert}
        onClose={() => setOfferedAt(null)}
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

interface VariableOfferProps {
  readonly isOpen: boolean
  readonly anchor: RefObject<HTMLElement | null>
  readonly returnTo: RefObject<HTMLElement | null>
  readonly names: readonly string[]
  readonly onChoose: (name: string) => void
  readonly onClose: () => void
}

function VariableOffer({ isOpen, anchor, returnTo, names, onChoose, onClose }: VariableOfferProps) {
  const { t } = useTranslation('orchestrate')
  const first = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Opened by typing and not by a trigger, the menu would wait for an arrow key: Enter shall take the first name at once.
    if (!isOpen) return
    const frame = requestAnimationFrame(() => first.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [isOpen])
  return (
    <Menu.Root open={isOpen} onOpenChange={(next) => !next && onClose()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} align="start" sideOffset={20} className="z-50 outline-none">
          <Menu.Popup finalFocus={returnTo} aria-label={t('prompt.insert')} className="popup-frame min-w-40 p-1">
            {names.map((name, position) => (
              <Menu.Item
                key={name}
                ref={position === 0 ? first : null}
                onClick={() => onChoose(name)}
                className="flex h-7.5 cursor-default items-center rounded-sm px-2 font-mono text-s outline-none data-highlighted:bg-surface-2"
              >
                {name}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
