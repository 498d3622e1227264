import type { Mount } from '../../http/mount.ts'
import type { AppRuns, ChatflowDoor, RespondDependencies } from '../app-runs/index.ts'
import type { EndUsers } from '../end-users/index.ts'
import type { FileLinks } from '../files/index.ts'
import { createChatflowDoor } from './chatflow-door.ts'
import { type ChatflowDependencies, createChatflows } from './chatflows.service.ts'
import { type ConsoleWorkflowRunDependencies, mountConsoleWorkflowRoutes } from './console.routes.ts'
import { createDraftEventRuns, type DraftEventRuns } from './draft-event-runs.ts'
import { createInputFiles } from './input-files.ts'
import { mountRetryRoutes } from './retry/retry.routes.ts'
import { mountServiceWorkflowRoutes } from './service.routes.ts'
import { mountDraftRunRoutes } from './trials/draft-runs.routes.ts'
import type { TrialDependencies } from './trials/keep-trial.ts'
import { createTrials } from './trials/trials.service.ts'
import { mountVersionRunRoutes } from './trials/version-runs.routes.ts'
import { createWake, type WakeDependencies } from './wake-run.ts'
import { mountWebWorkflowRoutes } from './web.routes.ts'
import { createWorkflowRuns as createRuns, type WorkflowRunDependencies, type WorkflowRuns } from './workflow-runs.service.ts'

export interface WorkflowRunsDependencies
  extends Omit<WorkflowRunDependencies, 'wake'>,
    Omit<ChatflowDependencies, 'wake'>,
    TrialDependencies,
    WakeDependencies {
  readonly fileLinks: FileLinks
}

export interface WorkflowRunRoutes extends Pick<ConsoleWorkflowRunDependencies, 'getApp' | 'accountsOf' | 'appWebUrl'> {
  readonly appRuns: AppRuns
  readonly respond: RespondDependencies
  readonly endUsers: EndUsers
}

/** Workflows that run: started, followed, taken up after a crash, looked at. */
export interface WorkflowRunsFeature extends WorkflowRuns {
  /** Lets a paused run go on, if there is something to go on with. */
  wake(runId: string): Promise<void>
  mountRoutes(mount: Mount, routes: WorkflowRunRoutes): void
  /** Trials of drafts that events of triggers begin. */
  openDraftRuns(routes: WorkflowRunRoutes): DraftEventRuns
  /** What chat routes hand chatflows to. */
  openDoor(routes: Pick<WorkflowRunRoutes, 'appRuns' | 'respond'>): ChatflowDoor
}

export function createWorkflowRuns(given: WorkflowRunsDependencies): WorkflowRunsFeature {
  const wake = createWake(given, (run, journal) => runs.takeUp(run, journal, 'answered'))
  const dependencies = { ...given, wake }
  const chatflows = createChatflows(dependencies)
  const runs = createRuns(dependencies, chatflows.takeUp)
  const trials = createTrials(dependencies)
  const inputFiles = createInputFiles(dependencies)
  const openDoor: WorkflowRunsFeature['openDoor'] = (routes) =>
    createChatflowDoor({ ...routes, chatflows, workflows: dependencies.workflows, inputFiles })
  const open = (routes: WorkflowRunRoutes) => {
    const { db, clock, workflows } = dependencies
    return { ...routes, chatflows: openDoor(routes), db, clock, runs, trials, workflows, inputFiles }
  }
  return {
    ...runs,
    wake,
    openDoor,
    openDraftRuns: (routes) => createDraftEventRuns(open(routes)),
    mountRoutes(mount, routes) {
      const all = open(routes)
      mountServiceWorkflowRoutes(mount, all)
      mountWebWorkflowRoutes(mount, all)
      mountConsoleWorkflowRoutes(mount, all)
      mountDraftRunRoutes(mount, { ...all, chatflows })
      mountVersionRunRoutes(mount, { ...all, chatflows })
      mountRetryRoutes(mount, { ...dependencies, ...all, chatflows })
    },
  }
}

export type { DraftEventRuns } from './draft-event-runs.ts'
export { createInputFiles, systemFiles, toUploadedFile } from './input-files.ts'
export type { WorkflowRuns } from './workflow-runs.service.ts'
