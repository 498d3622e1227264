import { expect, it } from 'vitest'
import { nextDue, readSchedule } from './schedule.ts'

const at = (text: string): number => Date.parse(text)
/** The next moments, as text. */
function duesOf(
  schedule: { readonly cron: string; readonly timezone: string },
  from: string,
  count: number,
): readonly (string | undefined)[] {
  const dues: (string | undefined)[] = []
  let after: number | undefined = at(from)
  for (let index = 0; index < count && after !== undefined; index++) {
    after = nextDue(schedule, after)
    dues.push(after === undefined ? undefined : new Date(after).toISOString().slice(0, 16))
  }
  return dues
}

it.each([
  [{ frequency: 'hourly', visual_config: { on_minute: 15 } }, '15 * * * *'],
  [{ frequency: 'daily' }, '0 0 * * *'],
  [{ frequency: 'daily', visual_config: { time: '12:05 PM' } }, '5 12 * * *'],
  [{ frequency: 'weekly', visual_config: { time: '9:30 pm', weekdays: ['mon', 'sun'] } }, '30 21 * * 1,0'],
  [{ frequency: 'monthly', visual_config: { time: '01:00 AM', monthly_days: [1, 31, 'last'] } }, '0 1 1,31,L * *'],
  [{ mode: 'cron', cron_expression: ' 0  9 * jan-mar  MON-FRI ' }, '0 9 * jan-mar MON-FRI'],
  [{ mode: 'cron', cron_expression: '@daily' }, '@daily'],
])('reads %j', (data, cron) => {
  expect(readSchedule(data)).toEqual({ cron, timezone: 'UTC' })
})

it.each([
  [{ mode: 'cron', cron_expression: '' }, 'five fields', 'schedule_cron'],
  [{ mode: 'cron', cron_expression: '0 0 9 * * *' }, 'five fields', 'schedule_cron'],
  [{ mode: 'cron', cron_expression: '60 * * * *' }, 'Invalid value for minute', 'schedule_cron'],
  [{ mode: 'cron', cron_expression: '@reboot' }, 'five fields', 'schedule_cron'],
  [{ mode: 'cron', cron_expression: '0 0 31 2 *' }, 'never due', 'schedule_never'],
  [{ frequency: 'yearly' }, 'frequency', 'field_choice'],
  [{}, 'frequency', 'schedule_frequency'],
  [{ frequency: 'daily', visual_config: { time: '25:00' } }, 'no time', 'schedule_time'],
  [{ frequency: 'daily', visual_config: { time: '13:00 PM' } }, 'no time', 'schedule_time'],
  [{ frequency: 'weekly', visual_config: { weekdays: [] } }, 'at least one day', 'schedule_dayless'],
  [{ frequency: 'monthly' }, 'at least one day', 'schedule_dayless'],
  [{ frequency: 'daily', timezone: 'Mars/Olympus' }, 'no time zone', 'schedule_timezone'],
])('refuses %j', (data, said, reason) => {
  const refused = { message: expect.stringContaining(said), refusal: expect.objectContaining({ reason }) }
  expect(() => readSchedule(data)).toThrow(expect.objectContaining(refused))
})

it('follows the clocks of its time zone when they are put forward and back', () => {
  const newYork = (cron: string) => ({ cron, timezone: 'America/New_York' })
  // 2:30 is skipped on 8 March 2026.
  expect(duesOf(newYork('30 2 * * *'), '2026-03-07T12:00Z', 3)).toEqual(['2026-03-08T07:00', '2026-03-09T06:30', '2026-03-10T06:30'])
  // 1:30 comes twice on 1 November 2026.
  expect(duesOf(newYork('30 1 * * *'), '2026-10-31T12:00Z', 2)).toEqual(['2026-11-01T05:30', '2026-11-02T06:30'])
  const hours = ['2026-11-01T05:00', '2026-11-01T06:00', '2026-11-01T07:00']
  expect(duesOf(newYork('0 * * * *'), '2026-11-01T04:30Z', 3)).toEqual(hours)
})

it('knows the last day of a month, and passes over days that a month does not have', () => {
  const utc = (cron: string) => ({ cron, timezone: 'UTC' })
  expect(duesOf(utc('0 9 1,L * *'), '2026-01-31T10:00Z', 3)).toEqual(['2026-02-01T09:00', '2026-02-28T09:00', '2026-03-01T09:00'])
  expect(duesOf(utc('0 9 30 * *'), '2026-01-30T10:00Z', 1)).toEqual(['2026-03-30T09:00'])
})

it('takes a day of the month or of the week where both are named', () => {
  expect(duesOf({ cron: '0 9 13 * 5', timezone: 'UTC' }, '2026-01-10T00:00Z', 2)).toEqual(['2026-01-13T09:00', '2026-01-16T09:00'])
})
