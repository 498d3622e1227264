import type { BuiltinProvider } from '../builtin-tool.ts'
import { currentTime, localtimeToTimestamp, timestampToLocaltime, timezoneConversion, weekday } from './time-tools.ts'

/** Dify's provider `time`: names, parameters and answers are the same. */
export const timeProvider: BuiltinProvider = {
  id: 'time',
  tools: [currentTime, timezoneConversion, weekday, localtimeToTimestamp, timestampToLocaltime],
}
