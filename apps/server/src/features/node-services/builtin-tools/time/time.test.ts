import { AppError } from '@trellis/contracts'
import type { Value } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import { timeProvider } from './index.ts'

const NOW = Date.UTC(2024, 0, 31, 22, 5, 9)

function ask(name: string, parameters: Readonly<Record<string, Value>>): string {
  const tool = timeProvider.tools.find((each) => each.name === name)
  try {
    return (
      tool
        ?.call(parameters, NOW)
        .map((message) => (message.type === 'text' ? message.text : ''))
        .join('') ?? 'no such tool'
    )
  } catch (error) {
    if (AppError.is(error)) return `${error.code}: ${error.message}`
    throw error
  }
}

describe('current_time', () => {
  it.each<[Record<string, Value>, string]>([
    [{}, '2024-01-31 22:05:09 UTC'],
    [{ timezone: 'Asia/Shanghai' }, '2024-02-01 06:05:09 CST'],
    [{ timezone: 'America/New_York' }, '2024-01-31 17:05:09 EST'],
    [{ timezone: 'Europe/Berlin' }, '2024-01-31 23:05:09 CET'],
    [{ timezone: 'America/Sao_Paulo' }, '2024-01-31 19:05:09 -03'],
    [
      { format: '%A %d %B %y, %I:%M %p (%j, W%V) %z %%%q', timezone: 'Asia/Kolkata' },
      'Thursday 01 February 24, 03:35 AM (032, W05) +0530 %%q',
    ],
  ])('%j is %s', (parameters, said) => {
    expect(ask('current_time', parameters)).toBe(said)
  })

  it('refuses zones that are none', () => {
    expect(ask('current_time', { timezone: 'Mars/Olympus' })).toContain('tool_error: "Mars/Olympus"')
    expect(ask('current_time', { timezone: '+08:00' })).toContain('tool_error')
  })
})

describe('timezone_conversion', () => {
  it.each([
    ['2024-1-1 0:0:0', 'Asia/Shanghai', 'Asia/Tokyo', '2024-01-01 01:00:00'],
    ['2024-07-01 12:00:00', 'Europe/London', 'America/New_York', '2024-07-01 07:00:00'],
    ['2024-10-27 02:30:00', 'Europe/Berlin', 'UTC', '2024-10-27 00:30:00'],
    ['2024-03-31 02:30:00', 'Europe/Berlin', 'UTC', '2024-03-31 01:30:00'],
  ])('%s in %s is in %s %s', (current_time, current_timezone, target_timezone, said) => {
    expect(ask('timezone_conversion', { current_time, current_timezone, target_timezone })).toBe(said)
  })

  it('refuses what is no time', () => {
    expect(ask('timezone_conversion', { current_time: '2024-02-30 0:0:0' })).toContain('tool_error')
    expect(ask('timezone_conversion', {})).toContain('tool_error')
  })
})

describe('weekday', () => {
  it('tells the day, also of numbers that came as text', () => {
    expect(ask('weekday', { year: 2024, month: 6, day: 5 })).toBe('June 5, 2024 is Wednesday.')
    expect(ask('weekday', { year: '2000', month: '1', day: '1' })).toBe('January 1, 2000 is Saturday.')
    expect(ask('weekday', { year: 2023, month: 2, day: 29 })).toBe('Invalid date: Year 2023, Month 2, Day 29.')
    expect(ask('weekday', { year: 2023, day: 29 })).toContain('"month"')
  })
})

describe('timestamps', () => {
  it('become local times, and local times become timestamps', () => {
    expect(ask('timestamp_to_localtime', { timestamp: 1704067200, timezone: 'UTC' })).toBe('2024-01-01 00:00:00')
    expect(ask('timestamp_to_localtime', { timestamp: '1704067200' })).toBe('2024-01-01 08:00:00')
    expect(ask('timestamp_to_localtime', { timestamp: 1e15 })).toContain('tool_error')
    expect(ask('localtime_to_timestamp', { localtime: '2024-1-1 8:0:0' })).toBe('1704067200')
    expect(ask('localtime_to_timestamp', { localtime: '2024-01-01 00:00:00', timezone: 'UTC' })).toBe('1704067200')
    expect(ask('localtime_to_timestamp', { localtime: 'now' })).toContain('tool_error')
  })
})
