import type { Cache, JobRegistration, Logger } from '@trellis/spec'
import type { FastifyInstance } from 'fastify'
import type { BeatEntry } from '../../beat.ts'
import type { Mount } from '../../http/mount.ts'
import type { FileService } from '../files/index.ts'
import type { DraftEventRuns } from '../workflow-runs/index.ts'
import { askForDueRuns, createScheduleJobs, type ScheduleDependencies } from './schedule-runs.ts'
import { createTrialEvents } from './trial-events.ts'
import { mountTrialRoutes } from './trials.routes.ts'
import { createTriggerTrials } from './trials.service.ts'
import { mountTriggerRoutes } from './triggers.routes.ts'
import { createTriggerService, type TriggerServiceDependencies } from './triggers.service.ts'
import { mountWebhooks } from './webhook.routes.ts'
import { createWebhooks, type WebhookDependencies } from './webhook.service.ts'

export interface TriggersDependencies
  extends TriggerServiceDependencies,
    ScheduleDependencies,
    Omit<WebhookDependencies, 'trials' | 'files'> {
  readonly apps: TriggerServiceDependencies['apps']
  readonly workflows: TriggerServiceDependencies['workflows'] & WebhookDependencies['workflows']
  readonly files: Pick<FileService, 'store' | 'uploads'>
  readonly cache: Cache
  readonly logger: Logger
  /** Public base of webhooks; the address of the request where undefined. */
  readonly baseUrl: string | undefined
  readonly webhookMaxBytes: number
  /** Whether this installation starts what is due. */
  readonly runsSchedules: boolean
}

/** What starts runs of workflows by itself: calls from outside, and the clock. */
export interface Triggers {
  mountRoutes(mount: Mount, draftRuns: DraftEventRuns): void
  /** The addresses that anybody may call. */
  mountWebhooks(server: FastifyInstance): void
  readonly jobs: readonly JobRegistration[]
  readonly scheduled: readonly BeatEntry[]
}

/** A schedule names minutes: looking this often is late by little. */
const LOOK_MS = 15_000

export function createTriggers(dependencies: TriggersDependencies): Triggers {
  const { baseUrl, logger, files, webhookMaxBytes: maxBytes } = dependencies
  const events = createTrialEvents(dependencies.cache)
  const trials = createTriggerTrials({ ...dependencies, events })
  const webhooks = createWebhooks({ ...dependencies, trials: events })
  const looks = { name: 'triggers.start-due', everyMs: LOOK_MS, run: (signal: AbortSignal) => askForDueRuns(dependencies, signal) }
  return {
    jobs: createScheduleJobs(dependencies),
    scheduled: dependencies.runsSchedules ? [looks] : [],
    mountRoutes(mount, draftRuns) {
      mountTriggerRoutes(mount, { service: createTriggerService(dependencies), baseUrl })
      mountTrialRoutes(mount, { ...dependencies, trials, draftRuns })
    },
    mountWebhooks(server) {
      mountWebhooks(server, { webhooks, logger, maxBytes, budget: files.uploads.budget, baseUrl })
    },
  }
}

export { mountTriggerRoutes } from './triggers.routes.ts'
export { createTriggerService } from './triggers.service.ts'
export { createVersionTriggers } from './version-triggers.ts'
