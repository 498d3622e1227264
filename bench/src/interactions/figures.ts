import { quantilesOf } from '../load/quantiles.ts'

/** What one interaction took, in milliseconds. */
export interface Sample {
  /** From the event to the next frame; of what goes on for a while, its longest frame. Undefined where nobody interacted: a visit. */
  readonly paintMs: number | undefined
  /** From the event to the frame that shows the result, what the server needs included. */
  readonly resultMs: number | undefined
  /** The longest frame meanwhile, or 0 where none took 50. */
  readonly longFrameMs: number
}

/** An interaction by where it happens and what is done. */
export interface Interaction {
  readonly place: string
  readonly name: string
  readonly samples: readonly Sample[]
}

/** Milliseconds from an interaction to the next frame that nobody notices as waiting. */
export const LIMIT_MS = 100

export interface Row {
  readonly name: string
  readonly count: number
  readonly paint: Spread | undefined
  readonly result: Spread | undefined
  readonly longFrameMs: number
}

export interface Spread {
  readonly p50: number
  readonly p75: number
  readonly max: number
}

export const rowsOf = (interactions: readonly Interaction[]): Row[] =>
  interactions.map(({ place, name, samples }) => ({
    name: `${place}: ${name}`,
    count: samples.length,
    paint: spreadOf(samples.map(({ paintMs }) => paintMs)),
    result: spreadOf(samples.map(({ resultMs }) => resultMs)),
    longFrameMs: Math.max(0, ...samples.map(({ longFrameMs }) => longFrameMs)),
  }))

/** Three of four are within the limit, as browsers' own vital figures are judged; the floor has no limit. */
export function verdictOf({ paint }: Row): 'pass' | 'miss' | '' {
  if (!paint) return ''
  return paint.p75 <= LIMIT_MS ? 'pass' : 'miss'
}

function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return undefined
  const sorted = known.toSorted((one, other) => one - other)
  const { p50, max } = quantilesOf(sorted)
  return { p50, p75: sorted[Math.ceil(0.75 * sorted.length) - 1] ?? max, max }
}
