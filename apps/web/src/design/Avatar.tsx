import { useState } from 'react'
import { cx } from './cx.ts'

/** Up to two letters that stand for a name: first letters of its words, or the first two characters of one word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const [first, second] = words
  if (!first) return '?'
  const letters = second ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first].slice(0, 2)
  return letters.join('').toLocaleUpperCase()
}

export interface AvatarProps {
  readonly name: string
  /** Of a picture; its address may have had its time. */
  readonly url?: string | null | undefined
  readonly size?: 'm' | 'l' | 'xl'
}

const sizes = { m: 'size-6 text-[10px]', l: 'size-8 text-s', xl: 'size-14 text-l' } as const

/** A person's picture, or the letters of their name where there is none or it does not load. */
export function Avatar({ name, url, size = 'm' }: AvatarProps) {
  const [failed, setFailed] = useState<string | null>(null)
  if (url && url !== failed) {
    return (
      <img
        src={url}
        alt=""
        className={cx('shrink-0 rounded-full border border-line object-cover', sizes[size])}
        onError={() => setFailed(url)}
      />
    )
  }
  return (
    <span aria-hidden className={cx('grid shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent', sizes[size])}>
      {initialsOf(name)}
    </span>
  )
}
