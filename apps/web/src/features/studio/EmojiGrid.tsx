import { cx } from '../../design/index.ts'

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

/** A small set of icons. */
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
