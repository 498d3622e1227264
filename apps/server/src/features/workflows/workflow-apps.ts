import { AppError, type wire } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'

/** Modes whose apps are a graph. */
export type WorkflowMode = 'workflow' | 'advanced-chat'

export const isWorkflowMode = (mode: wire.AppMode): mode is WorkflowMode => mode === 'workflow' || mode === 'advanced-chat'

/** The model that a new chatflow begins with. */
export interface DefaultModel {
  readonly provider: string
  readonly name: string
}

/** What this slice asks of the one that owns apps. */
export interface WorkflowApps {
  /** @throws `app_not_found` */
  getApp(tenantId: string, appId: string): Promise<AppsTable>
  /** Makes other changers of the app wait until the transaction ends. @throws `app_not_found` */
  lockApp(db: Db, tenantId: string, appId: string): Promise<void>
  /** Callers of the app get that version from now on. */
  pointToWorkflow(db: Db, tenantId: string, version: WorkflowPointer & { readonly accountId: string }): Promise<void>
  /** Whether callers get that version, or a run that has not ended needs it. */
  usesWorkflow(db: Db, tenantId: string, version: WorkflowPointer): Promise<boolean>
}

export interface WorkflowPointer {
  readonly appId: string
  readonly workflowId: string
}

/** Who changes which app. */
export interface WorkflowOwner {
  readonly tenantId: string
  readonly appId: string
  readonly accountId: string
}

/** An app whose graph this slice keeps. @throws `app_not_found` for apps of other modes, as for no app at all */
export async function getWorkflowApp(
  apps: Pick<WorkflowApps, 'getApp'>,
  tenantId: string,
  appId: string,
): Promise<AppsTable & { readonly mode: WorkflowMode }> {
  const app = await apps.getApp(tenantId, appId)
  assertWorkflowApp(app)
  return app
}

function assertWorkflowApp(app: AppsTable): asserts app is AppsTable & { readonly mode: WorkflowMode } {
  if (isWorkflowMode(app.mode)) return
  throw new AppError('app_not_found', { message: `This app is of the mode "${app.mode}", which has no workflow.` })
}
