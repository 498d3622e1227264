import { type JSX, memo, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { cx } from '../../design/index.ts'
import { type Anchor, areSame, chunksOf, findAnchor, positionAt } from './turn-chunks.ts'
import type { Revealed } from './useRevealed.ts'

export interface TurnChunksProps<Item> {
  /** All of them. */
  readonly items: readonly Item[]
  /** As much of them as is drawn. */
  readonly revealed: Revealed<Item>
  readonly keyOf: (item: Item) => string
  /** Draws one turn, with a key. The same function from one time to the next. */
  readonly draw: (item: Item) => ReactNode
  /** How turns stand below each other. */
  readonly className: string
}

/**
 * Hundreds of turns in chunks: what is out of sight is neither styled nor laid out, and what does not change is not looked through. One
 * by one, in a single box, each of them costs some of every frame, wherever it is.
 */
export function TurnChunks<Item extends object>({ items, revealed, keyOf, draw, className }: TurnChunksProps<Item>) {
  const [known, setKnown] = useState<Anchor>()
  const keys = items.map(keyOf)
  const anchor = findAnchor(keys, known)
  if (anchor !== known) setKnown(anchor)
  if (anchor === undefined) return null
  return chunksOf(revealed.items, positionAt(keys, revealed.first, anchor)).map((chunk) => (
    <TurnChunk key={chunk.id} items={chunk.items} draw={draw} className={className} />
  ))
}

interface TurnChunkProps<Item> {
  readonly items: readonly Item[]
  readonly draw: (item: Item) => ReactNode
  readonly className: string
}

/** There nothing needs to be done, and an animation costs 15 ms when it begins and when it ends, with 500 turns. */
function isInSight(chunk: HTMLElement | null): boolean {
  const turn = chunk?.firstElementChild
  // Browsers before 2024 cannot tell.
  return turn ? 'checkVisibility' in turn && turn.checkVisibility({ contentVisibilityAuto: true }) : false
}

/** Some frames. */
const LAID_OUT_MS = 150

const TurnChunk = memo(
  function TurnChunk({ items, draw, className }: TurnChunkProps<object>) {
    const box = useRef<HTMLDivElement>(null)
    const isMade = useRef(false)
    const count = items.length
    useLayoutEffect(() => {
      const isLaidOut = isMade.current && isInSight(box.current)
      isMade.current = true
      // Laid out when it is made and when it has grown, wherever it is: its height is remembered, and nothing moves under the reader.
      if (count > 0 && !isLaidOut) box.current?.animate({ contentVisibility: ['visible', 'visible'] }, LAID_OUT_MS)
    }, [count])
    return (
      <div ref={box} className={cx('drawn-in-sight flex flex-col', className)}>
        {items.map(draw)}
      </div>
    )
  },
  (before, now) => before.draw === now.draw && before.className === now.className && areSame(before.items, now.items),
  // `memo` forgets that it is generic.
) as <Item extends object>(props: TurnChunkProps<Item>) => JSX.Element
