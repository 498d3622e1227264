import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx, Popover } from '../../design/index.ts'

const emojis = [
  '🤖',
  '🌿',
  '💬',
  '✨',
  '🧭',
  '🎯',
  '🌏',
  '📚',
  '✍️',
  '🧾',
  '🛟',
  '🔬',
  '📈',
  '🧮',
  '🎓',
  '🩺',
  '⚖️',
  '🏦',
  '🛒',
  '🍳',
  '✈️',
  '🏠',
  '🎨',
  '🎬',
  '🎧',
  '🎮',
  '⚽',
  '🐣',
  '🐳',
  '🦉',
  '🌞',
  '🌙',
  '⚡',
  '🔥',
  '🌊',
  '🌱',
  '💡',
  '🔎',
  '🔐',
  '🛠️',
  '🧪',
  '🧩',
  '📝',
  '📰',
  '📦',
  '📅',
  '☎️',
  '❤️',
] as const

/** A small set of icons; what an app came with stays selectable. */
export function EmojiPicker({ value, onValueChange }: { readonly value: string; readonly onValueChange: (emoji: string) => void }) {
  const { t } = useTranslation('studio')
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          aria-label={t('create.chooseIcon')}
          className="grid size-7.5 place-items-center rounded-sm border border-line-2 bg-surface text-xl leading-none shadow-low hover:bg-surface-2"
        >
          {value}
        </button>
      }
    >
      <EmojiGrid
        value={value}
        onValueChange={(emoji) => {
          onValueChange(emoji)
          setOpen(false)
        }}
      />
    </Popover>
  )
}

export function EmojiGrid({ value, onValueChange }: { readonly value: string | null; readonly onValueChange: (emoji: string) => void }) {
  return (
    <div className="grid grid-cols-8 gap-0.5">
      {emojis.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-pressed={emoji === value}
          aria-label={emoji}
          onClick={() => onValueChange(emoji)}
          className={cx(
            'grid size-8 place-items-center rounded-sm text-[18px] leading-none hover:bg-surface-2',
            emoji === value && 'bg-accent-soft',
          )}
        >
          {emoji}
        </button>
      ))}
    </div>
  )
}
