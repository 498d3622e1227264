import {
  createContext,
  type ReactNode,
  startTransition,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { cx } from '../../design/index.ts'
import { dropSelection } from './drop-selection.ts'

interface Stay {
  /** Whether something else is on view; what is still there is hidden and is to be taken apart. */
  readonly isLeaving: () => boolean
  readonly subscribe: (onLeaving: () => void) => () => void
  /** Keeps what is leaving until the function that it returns is called. */
  readonly hold: () => () => void
}

const unending: Stay = { isLeaving: () => false, subscribe: () => () => undefined, hold: () => () => undefined }

/** Its value stays the same: for one that changes, React would look through all that is below, and that takes longer than hiding it. */
const Context = createContext(unending)

/** For what is to be taken apart: it learns of its leaving as a transition, after what took its place. */
export function useStay() {
  const { isLeaving: ask, subscribe, hold } = useContext(Context)
  const [isLeaving, setLeaving] = useState(ask)
  useEffect(() => {
    const look = () => startTransition(() => setLeaving(ask()))
    look()
    return subscribe(look)
  }, [ask, subscribe])
  return { isLeaving, hold }
}

interface Entry {
  readonly generation: number
  readonly id: string
}

export interface SuccessionProps {
  /** What is on view; null: nothing. */
  readonly current: string | null
  /** Of the box around each of them. */
  readonly className: string
  /** What is leaving is told so: it has no fields any more that somebody could find. */
  readonly children: (id: string, isLeaving: boolean) => ReactNode
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
    if (shown !== null) setLeaving([{ generation, id: shown }, ...leaving])
  }
  const onGone = useCallback((gone: number) => setLeaving((now) => now.filter((entry) => entry.generation !== gone)), [])
  // What is on view comes first: whoever looks backwards from there, as carets do, does not pass through what is hidden.
  const entries = shown === null ? leaving : [{ generation, id: shown }, ...leaving]
  return entries.map((entry) => {
    const isLeaving = entry.generation !== generation || shown === null
    return (
      <Part key={entry.generation} generation={entry.generation} isLeaving={isLeaving} className={className} onGone={onGone}>
        {children(entry.id, isLeaving)}
      </Part>
    )
  })
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
  const [{ stay, leave }] = useState(() => createStay(setHeld))
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (isLeaving && box.current) dropSelection(box.current)
  }, [isLeaving])
  useEffect(() => {
    if (isLeaving) leave()
  }, [isLeaving, leave])
  useEffect(() => {
    if (isLeaving && !isHeld) onGone(generation)
  }, [isLeaving, isHeld, onGone, generation])
  return (
    <Context.Provider value={stay}>
      <div ref={box} data-leaving={isLeaving || undefined} className={cx(className, isLeaving && GONE)}>
        {children}
      </div>
    </Context.Provider>
  )
}

function createStay(onHeld: (isHeld: boolean) => void): { readonly stay: Stay; readonly leave: () => void } {
  const listeners = new Set<() => void>()
  let isLeaving = false
  const stay: Stay = {
    isLeaving: () => isLeaving,
    subscribe: (onLeaving) => {
      listeners.add(onLeaving)
      return () => listeners.delete(onLeaving)
    },
    hold: () => {
      onHeld(true)
      return () => onHeld(false)
    },
  }
  const leave = () => {
    isLeaving = true
    for (const tell of listeners) tell()
  }
  return { stay, leave }
}
