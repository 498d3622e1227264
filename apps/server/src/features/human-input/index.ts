import type { Db } from '@trellis/db'
import type { Clock, Logger } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import type { FileLinks, FileService } from '../files/index.ts'
import { expireDueForms } from './expire-forms.ts'
import { mountFormUploadRoutes } from './form-uploads.routes.ts'
import { type FormRouteDependencies, mountFormRoutes } from './forms.routes.ts'
import { createFormService } from './forms.service.ts'
import { createUploadTokens } from './upload-tokens.ts'

export interface HumanInputDependencies extends Omit<FormRouteDependencies, 'forms'> {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly secretKey: string
  readonly files: FileService
  readonly fileLinks: FileLinks
  /** Lets a paused run go on, if there is something to go on with. */
  readonly wake: (runId: string) => Promise<void>
}

/** Forms that runs wait for: read and answered, on each surface, until their time is over. */
export interface HumanInput {
  mountRoutes(mount: Mount): void
  /** Ends the time of forms that are due, and lets what can go on go on. Done by the clock. */
  sweep(signal: AbortSignal): Promise<void>
}

export function createHumanInput(dependencies: HumanInputDependencies): HumanInput {
  const forms = createFormService(dependencies)
  const uploadTokens = createUploadTokens(dependencies)
  return {
    mountRoutes(mount) {
      mountFormRoutes(mount, { ...dependencies, forms })
      mountFormUploadRoutes(mount, { ...dependencies, forms, uploadTokens })
    },
    sweep: (signal) => expireDueForms(dependencies, signal),
  }
}

export { traceForms } from './form-trace.ts'
export { closeFormsOfRun, type FormRow, hasNews, listFormsOfRun } from './forms.repository.ts'
export { findHumanInput } from './history.ts'
export { type FormNews, RunForms, type WaitingExecution } from './run-forms.ts'
