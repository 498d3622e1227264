import { type Dict, toPlain } from '@trellis/values'
import { Cron } from 'croner'
import { z } from 'zod'
import { refusalOfIssue } from '../../http/refusal-of-issue.ts'
import { TriggerConfigError } from './trigger-config-error.ts'

/** When something is due: a cron expression in a time zone of IANA's. */
export interface Schedule {
  readonly cron: string
  readonly timezone: string
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

const visual = z.looseObject({
  on_minute: z.number().int().min(0).max(59).nullish(),
  time: z.string().nullish(),
  weekdays: z.array(z.enum(weekdays)).nullish(),
  monthly_days: z.array(z.union([z.number().int().min(1).max(31), z.literal('last')])).nullish(),
})
type Visual = z.infer<typeof visual>

const scheduleNode = z.looseObject({
  mode: z.enum(['visual', 'cron']).nullish(),
  frequency: z.enum(['hourly', 'daily', 'weekly', 'monthly']).nullish(),
  cron_expression: z.string().nullish(),
  visual_config: visual.nullish(),
  timezone: z.string().nullish(),
})

/** The schedule of a node's data (workflow spec 2.24). @throws TriggerConfigError where it is none, or never due */
export function readSchedule(data: Dict): Schedule {
  const parsed = scheduleNode.safeParse(toPlain(data))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new TriggerConfigError(`${issue?.path.join('.')}: ${issue?.message}`, issue && refusalOfIssue(issue))
  }
  const { mode, frequency, cron_expression, visual_config } = parsed.data
  const cron =
    mode === 'cron' || (!mode && cron_expression) ? readExpression(cron_expression ?? '') : toExpression(frequency, visual_config ?? {})
  const schedule = { cron, timezone: parsed.data.timezone || 'UTC' }
  assertTimezone(schedule.timezone)
  if (nextDue(schedule, 0) === undefined) {
    throw new TriggerConfigError(`"${cron}" is never due. Name a day that there is.`, { reason: 'schedule_never', values: { cron } })
  }
  return schedule
}

const words: ReadonlySet<string> = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'])

function readExpression(given: string): string {
  const expression = given.trim().replace(/\s+/g, ' ')
  if (words.has(expression.toLowerCase())) return expression.toLowerCase()
  if (expression.split(' ').length !== 5) {
    throw new TriggerConfigError(
      `"${given}" is no cron expression of five fields (minute, hour, day of the month, month, day of the week), such as "0 9 * * 1-5".`,
      { reason: 'schedule_cron', values: { cron: given } },
    )
  }
  try {
    new Cron(expression, { paused: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
    throw new TriggerConfigError(`"${given}" is no cron expression: ${reason}.`, { reason: 'schedule_cron', values: { cron: given } })
  }
  return expression
}

function toExpression(frequency: z.infer<typeof scheduleNode>['frequency'], config: Visual): string {
  if (frequency === 'hourly') return `${config.on_minute ?? 0} * * * *`
  const { hour, minute } = readTime(config.time ?? '12:00 AM')
  if (frequency === 'daily') return `${minute} ${hour} * * *`
  if (frequency === 'weekly') {
    if (!config.weekdays?.length) {
      throw new TriggerConfigError('A weekly schedule needs at least one day in visual_config.weekdays.', dayless)
    }
    return `${minute} ${hour} * * ${config.weekdays.map((day) => weekdays.indexOf(day)).join(',')}`
  }
  if (frequency === 'monthly') {
    if (!config.monthly_days?.length) {
      throw new TriggerConfigError('A monthly schedule needs at least one day in visual_config.monthly_days.', dayless)
    }
    return `${minute} ${hour} ${config.monthly_days.map((day) => (day === 'last' ? 'L' : day)).join(',')} * *`
  }
  throw new TriggerConfigError('frequency: expected one of hourly, daily, weekly, monthly.', { reason: 'schedule_frequency', values: {} })
}

const dayless = { reason: 'schedule_dayless', values: {} } as const

function readTime(text: string): { readonly hour: number; readonly minute: number } {
  const [, hours, minutes, half] = /^(\d{1,2}):(\d{2}) ?([AP]M)$/i.exec(text.trim()) ?? []
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (half === undefined || hour < 1 || hour > 12 || minute > 59) {
    throw new TriggerConfigError(`visual_config.time: "${text}" is no time such as "09:30 AM".`, {
      reason: 'schedule_time',
      values: { time: text },
    })
  }
  return { hour: (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0), minute }
}

function assertTimezone(timezone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone })
  } catch {
    throw new TriggerConfigError(`timezone: there is no time zone "${timezone}". Use a name such as "Europe/Berlin".`, {
      reason: 'schedule_timezone',
      values: { timezone },
    })
  }
}

/**
 * The first moment after `afterMs` at which a schedule is due; undefined where there is none.
 * Where clocks are put forward, what is due in the hour that is skipped is due an hour later by the clock; where they are put back,
 * what names an hour is due in the first of the two, and what comes every hour or more often in both.
 */
export function nextDue({ cron, timezone }: Schedule, afterMs: number): number | undefined {
  return new Cron(cron, { timezone, paused: true }).nextRun(new Date(afterMs))?.getTime()
}
