import { spaced } from './spaced.ts'

/** Seconds to wait as `20 minutes` or `24 hours`, rounded up, so that nobody comes back too early. */
export function formatWait(language: string, seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60))
  const [value, unit] = minutes < 60 ? [minutes, 'minute'] : [Math.ceil(minutes / 60), 'hour']
  return spaced(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value))
}
