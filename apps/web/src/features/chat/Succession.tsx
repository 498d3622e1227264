import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { cx } from '../../design/index.ts'

interface Stay {
  /** Something else is on view; what is still there is hidden and is to be taken apart. */
  readonly isLeaving: boolean
  /** Keeps what is leaving until the function that it returns is called. */
  readonly hold: () => () => void
}

const Context = createContext<Stay>({ isLeaving: false, hold: () => () => undefined })

export const useStay = (): Stay => useContext(Context)

interface Entry {
  readonly generation: number
  readonly id: string
}

export interface SuccessionProps {
  /** What is on view; null: nothing. */
  readonly current: string | null
  /** Of the box around each of them. */
  readonly className: string
  readonly children: (id: string) => ReactNode
}

/**
 * Shows one thing after another, each with a state of its own. One with hundreds of parts is hidden when another takes its place, and is
 * taken apart portion by portion (useRevealed): removed at once, it would hold up what was asked for.
 */
export function Succession({ current, className, children }: SuccessionProps) {
  const [{ generation, shown }, setShown] = useState({ generation: 0, shown: current })
  const [leaving, setLeaving] = useState<readonly Entry[]>([])
  if (shown !== current) {
    setShown({ generation: generation + 1, shown: current })
    if (shown !== null) setLeaving([...leaving, { generation, id: shown }])
  }
  const onGone = useCallback((gone: number) => setLeaving((now) => now.filter((entry) => entry.generation !== gone)), [])
  const entries = shown === null ? leaving : [...leaving, { generation, id: shown }]
  return entries.map((entry) => (
    <Part
      key={entry.generation}
      generation={entry.generation}
      isLeaving={entry.generation !== generation || shown === null}
      className={className}
      onGone={onGone}
    >
      {children(entry.id)}
    </Part>
  ))
}

interface PartProps {
  readonly generation: number
  readonly isLeaving: boolean
  readonly className: string
  readonly onGone: (generation: number) => void
  readonly children: ReactNode
}

/** Out of sight, for readers of any kind, and out of the layout. Another `display` would make every box in it anew, all at once. */
const GONE = 'absolute max-h-0 max-w-0 overflow-hidden [content-visibility:hidden]'

function Part({ generation, isLeaving, className, onGone, children }: PartProps) {
  const [isHeld, setHeld] = useState(false)
  const hold = useCallback(() => {
    setHeld(true)
    return () => setHeld(false)
  }, [])
  useEffect(() => {
    if (isLeaving && !isHeld) onGone(generation)
  }, [isLeaving, isHeld, onGone, generation])
  return (
    <Context.Provider value={useMemo(() => ({ isLeaving, hold }), [isLeaving, hold])}>
      <div data-leaving={isLeaving || undefined} className={cx(className, isLeaving && GONE)}>
        {children}
      </div>
    </Context.Provider>
  )
}
