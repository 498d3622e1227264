import { cx } from './cx.ts'

/** Up to two letters that stand for a name: first letters of its words, or the first two characters of one word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const [first, second] = words
  if (!first) return '?'
  const letters = second ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first].slice(0, 2)
  return letters.join('').toLocaleUpperCase()
}

export function Avatar({ name, size = 'm' }: { readonly name: string; readonly size?: 'm' | 'l' }) {
  return (
    <span
      aria-hidden
      className={cx(
        'grid shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent',
        size === 'l' ? 'size-8 text-s' : 'size-6 text-[10px]',
      )}
    >
      {initialsOf(name)}
    </span>
  )
}
