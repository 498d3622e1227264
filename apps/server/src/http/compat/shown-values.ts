import type { Value } from '@trellis/values'
import { shortenValue } from './shorten-value.ts'

/** What callers learn: all there is; the same with values that are too large in part, for people; no values of nodes, for the public. */
export type FrameDetail = 'full' | 'shortened' | 'simple'

export interface ShownValues {
  readonly values: object | null
  readonly isTruncated: boolean
}

/** The values of a frame, as far as its reader is shown them (service-api 2.4): what programs ask for by key is never cut. */
export function showValues(values: object | null | undefined, detail: FrameDetail): ShownValues {
  if (!values || detail === 'full') return { values: values ?? null, isTruncated: false }
  // Events are made of values; their contract, which stands below these, cannot say so.
  const { value, isShortened } = shortenValue(values as Value)
  return isShortened ? { values: value as object, isTruncated: true } : { values, isTruncated: false } // an object's beginning is one
}
