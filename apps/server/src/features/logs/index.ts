import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import { createFeedbacks, createMessageFiles, type FindHumanInput } from '../conversations/index.ts'
import type { FileLinks } from '../files/index.ts'
import { type LogRouteDependencies, mountLogRoutes } from './logs.routes.ts'
import { createLogService } from './logs.service.ts'

export interface LogsDependencies extends Pick<LogRouteDependencies, 'apps' | 'timezoneOf'> {
  readonly db: Db
  readonly clock: Clock
  readonly fileLinks: FileLinks
  readonly findHumanInput: FindHumanInput
}

/** The console's log: conversations of an app with what they cost, and every message as it was sent. */
export interface Logs {
  mountRoutes(mount: Mount): void
}

export function createLogs({ db, clock, fileLinks, findHumanInput, apps, timezoneOf }: LogsDependencies): Logs {
  const logs = createLogService({ db, clock, messageFiles: createMessageFiles({ db, fileLinks }), findHumanInput })
  const feedbacks = createFeedbacks({ db, clock })
  return { mountRoutes: (mount) => mountLogRoutes(mount, { logs, feedbacks, apps, timezoneOf }) }
}

export { minuteParser, type Period, parsePeriod } from './log-period.ts'
