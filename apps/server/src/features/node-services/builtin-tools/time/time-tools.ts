import { AppError } from '@trellis/contracts'
import { isNumber, toNumber, type Value } from '@trellis/values'
import type { BuiltinTool } from '../builtin-tool.ts'
import { parseLocalTime } from './parse-local-time.ts'
import { strftime } from './strftime.ts'
import { fromLocalTime, isTimezone, toLocalTime } from './zoned-time.ts'

const LOCAL_TIME = '%Y-%m-%d %H:%M:%S'
/** Dify's, where an app file says nothing. */
const USUAL_TIMEZONE = 'Asia/Shanghai'

const text = (name: string, isRequired: boolean) => ({ name, type: 'string', isRequired })
const number = (name: string) => ({ name, type: 'number', isRequired: true })
const answer = (said: string) => [{ type: 'text', text: said }] as const

export const currentTime: BuiltinTool = {
  name: 'current_time',
  parameters: [text('format', false), { name: 'timezone', type: 'select', isRequired: false }],
  call({ format, timezone }, now) {
    return answer(strftime(readText(format) || `${LOCAL_TIME} %Z`, toLocalTime(now, readTimezone(timezone, 'UTC'))))
  },
}

export const timezoneConversion: BuiltinTool = {
  name: 'timezone_conversion',
  parameters: [text('current_time', true), text('current_timezone', true), text('target_timezone', true)],
  call({ current_time, current_timezone, target_timezone }) {
    const instant = fromLocalTime(readLocalTime(current_time), readTimezone(current_timezone, USUAL_TIMEZONE))
    return answer(strftime(LOCAL_TIME, toLocalTime(instant, readTimezone(target_timezone, 'Asia/Tokyo'))))
  },
}

export const weekday: BuiltinTool = {
  name: 'weekday',
  parameters: [number('year'), number('month'), number('day')],
  call(parameters) {
    const [year, month, day] = [readNumber(parameters, 'year'), readNumber(parameters, 'month'), readNumber(parameters, 'day')]
    const time = parseLocalTime(`${String(year).padStart(4, '0')}-${month}-${day} 0:0:0`)
    if (!time) return answer(`Invalid date: Year ${year}, Month ${month}, Day ${day}.`)
    return answer(`${strftime('%B', toLocalTime(fromLocalTime(time, 'UTC'), 'UTC'))} ${day}, ${year} is ${weekdayOf(time)}.`)
  },
}

export const localtimeToTimestamp: BuiltinTool = {
  name: 'localtime_to_timestamp',
  parameters: [text('localtime', true), text('timezone', false)],
  call({ localtime, timezone }) {
    return answer(String(Math.floor(fromLocalTime(readLocalTime(localtime), readTimezone(timezone, USUAL_TIMEZONE)) / 1000)))
  },
}

export const timestampToLocaltime: BuiltinTool = {
  name: 'timestamp_to_localtime',
  parameters: [number('timestamp'), text('timezone', false)],
  call(parameters) {
    const seconds = readNumber(parameters, 'timestamp')
    // The last second of the year 9999, and the first of the year 1.
    if (seconds > 253_402_300_799 || seconds < -62_135_596_800) throw invalid(`${seconds} is no time between the years 1 and 9999.`)
    return answer(strftime(LOCAL_TIME, toLocalTime(seconds * 1000, readTimezone(parameters['timezone'], USUAL_TIMEZONE))))
  },
}

const weekdayOf = (time: Parameters<typeof fromLocalTime>[0]): string => strftime('%A', toLocalTime(fromLocalTime(time, 'UTC'), 'UTC'))

const invalid = (message: string): AppError => new AppError('tool_error', { message })

const readText = (value: Value | undefined): string => (typeof value === 'string' ? value : '')

function readTimezone(value: Value | undefined, usual: string): string {
  const name = readText(value) || usual
  if (isTimezone(name)) return name
  throw invalid(`"${name}" is no time zone. Use a name such as UTC, Europe/Berlin or Asia/Tokyo.`)
}

function readLocalTime(value: Value | undefined): NonNullable<ReturnType<typeof parseLocalTime>> {
  const time = parseLocalTime(readText(value))
  if (time) return time
  throw invalid(`"${readText(value)}" is no time. Write it as 2024-01-31 23:59:59.`)
}

/** Templates give numbers as text. */
function readNumber(parameters: Readonly<Record<string, Value>>, name: string): number {
  const value = parameters[name] ?? null
  const number = isNumber(value) ? toNumber(value) : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (Number.isFinite(number)) return Math.trunc(number)
  throw invalid(`The parameter "${name}" must be a number.`)
}
