const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]

/** The least round number, of two digits at most, that nothing of it passes. One where all is nothing. */
export function roundUp(highest: number): number {
  if (highest <= 0) return 1
  const unit = 10 ** Math.floor(Math.log10(highest))
  return unit * (STEPS.find((step) => step * unit >= highest) ?? 10)
}

/** The middle of a place among so many, in hundredths of the width. */
export const middleOf = (position: number, count: number): number => (100 * (position + 0.5)) / count

/** A line through what is known, of a picture 100 wide and high, with gaps where nothing is. */
export function linePath(values: readonly (number | null)[], highest: number): string {
  return values
    .map((value, position) => {
      if (value === null) return ''
      const point = `${toText(middleOf(position, values.length))} ${toText(100 - (100 * value) / highest)}`
      const before = position > 0 ? values[position - 1] : null
      return before === null || before === undefined ? `M${point}` : `L${point}`
    })
    .join('')
}

/** Values without neighbours, each a line of no length, which round ends make a dot. */
export function lonePoints(values: readonly (number | null)[], highest: number): string {
  const isGap = (value: number | null | undefined): boolean => value === null || value === undefined
  return values
    .map((value, position) => {
      if (value === null || !isGap(values[position - 1]) || !isGap(values[position + 1])) return ''
      return `M${toText(middleOf(position, values.length))} ${toText(100 - (100 * value) / highest)}h0`
    })
    .join('')
}

const toText = (value: number): string => String(Math.round(value * 100) / 100)

/** How much more or less it is than it was, as a part of what it was; null where there is nothing to compare with. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : now / before - 1
}
