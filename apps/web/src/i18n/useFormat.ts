import type { i18n } from 'i18next'
import { useTranslation } from 'react-i18next'
import { spaced } from './spaced.ts'

export interface Format {
  readonly number: (value: number, options?: Intl.NumberFormatOptions) => string
  /** Date and time of unix seconds. */
  readonly dateTime: (seconds: number) => string
  /** Time of day of unix seconds. */
  readonly time: (seconds: number) => string
  /** `4 min ago`, of unix seconds; below a minute `just now`. */
  readonly ago: (seconds: number) => string
  /** Seconds as `<1 ms`, `820 ms` or `2.4 s`. */
  readonly duration: (seconds: number) => string
  /** Bytes as `80 bytes`, `12 kB` or `3.4 MB`. */
  readonly fileSize: (bytes: number) => string
  /** A decimal string of money; very small amounts keep two significant digits. */
  readonly price: (amount: string, currency: string) => string
}

const steps: readonly { unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
  { unit: 'year', seconds: 31_536_000 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
]

export function formatPrice(language: string, amount: string, currency: string): string {
  const value = Number(amount)
  if (!Number.isFinite(value)) return amount
  const digits =
    value !== 0 && Math.abs(value) < 0.01 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 4, minimumFractionDigits: 2 }
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits }).format(value)
  } catch {
    // A provider's own unit of account is no ISO currency.
    return new Intl.NumberFormat(language, digits).format(value)
  }
}

/** Undefined below a minute. */
function formatAgo(relative: Intl.RelativeTimeFormat, seconds: number): string | undefined {
  const elapsed = Math.max(0, Date.now() / 1000 - seconds)
  const step = steps.find((candidate) => elapsed >= candidate.seconds)
  return step && spaced(relative.format(-Math.floor(elapsed / step.seconds), step.unit))
}

/** Gives what is made at the first call. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function createFormat({ language, t }: i18n, timeZone: string | undefined): Format {
  const zone = timeZone === undefined ? {} : { timeZone }
  const dateTime = once(() => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', ...zone }))
  const time = once(() => new Intl.DateTimeFormat(language, { timeStyle: 'medium', ...zone }))
  const relative = once(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }))
  const plainNumber = once(() => new Intl.NumberFormat(language))
  return {
    number: (value, options) => (options ? new Intl.NumberFormat(language, options) : plainNumber()).format(value),
    dateTime: (seconds) => dateTime().format(seconds * 1000),
    time: (seconds) => time().format(seconds * 1000),
    ago: (seconds) => formatAgo(relative(), seconds) ?? t('justNow', { ns: 'common' }),
    duration: (seconds) => {
      if (seconds >= 1) return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(seconds)}\u00A0s`
      const milliseconds = Math.round(seconds * 1000)
      return `${milliseconds === 0 && seconds > 0 ? '<1' : milliseconds}\u00A0ms`
    },
    fileSize: (bytes) => {
      const [size, name] = bytes < 1e3 ? [bytes, 'byte'] : bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : [bytes / 1e6, 'megabyte']
      // The short form of bytes knows no plural.
      const unitDisplay = name === 'byte' ? 'long' : 'short'
      const format = new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: size < 10 ? 1 : 0 })
      return spaced(format.format(size))
    },
    price: (amount, currency) => formatPrice(language, amount, currency),
  }
}

/** By language and zone, of each instance of texts: a list of hundreds shares one, as making them takes longer than formatting. */
const formats = new WeakMap<i18n, Map<string, Format>>()

/** Numbers, times and money in the reader's language; times in the zone given, else in the browser's. */
export function useFormat(timeZone?: string | null): Format {
  const instance = useTranslation().i18n
  const zone = timeZone || undefined
  const key = `${instance.language} ${zone}`
  const known = formats.get(instance) ?? new Map<string, Format>()
  formats.set(instance, known)
  const format = known.get(key) ?? createFormat(instance, zone)
  known.set(key, format)
  return format
}
