import { AppError, consoleVersionRunRoutes as routes } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import { handled, type Mount } from '../../../http/mount.ts'
import { answerWithRun, type WorkflowRouteDependencies } from '../answer-run.ts'
import type { Chatflows } from '../chatflows.service.ts'
import { surfaceOfEditor } from '../console.routes.ts'
import { answerTrialMessage, type TrialAnswerDependencies } from './answer-trial.ts'

export interface VersionRunRouteDependencies extends TrialAnswerDependencies, Pick<WorkflowRouteDependencies, 'runs' | 'workflows'> {
  readonly chatflows: Chatflows
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
}

/** Trials of published versions. They count as trials, and leave nothing to the draft. */
export function mountVersionRunRoutes(mount: Mount, dependencies: VersionRunRouteDependencies): void {
  const { workflows } = dependencies
  mount(routes.tryWorkflowVersion).to(async ({ actor, params, body, request, reply }) => {
    const app = await dependencies.getApp(actor.tenantId, params.app_id)
    if (app.mode !== 'workflow') throw new AppError('app_not_found', { message: 'Only workflows are tried with inputs alone.' })
    const workflow = await workflows.getVersion(app, params.workflow_id)
    await answerWithRun(dependencies, { app, workflow, surface: surfaceOfEditor(actor), body, mode: 'streaming', request, reply })
    return handled
  })
  mount(routes.tryChatflowVersion).to(async ({ actor, params, body, request, reply }) => {
    const app = await dependencies.getApp(actor.tenantId, params.app_id)
    if (app.mode !== 'advanced-chat') throw new AppError('app_not_found', { message: 'Only chatflows are tried with messages.' })
    const workflow = await workflows.getVersion(app, params.workflow_id)
    await answerTrialMessage(dependencies, { app, actor, workflow, body, request, reply })
    return handled
  })
}
