import { AppError, type wire } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import { isWorkflowMode, type WorkflowMode } from '../workflows/index.ts'

/** Modes whose apps are one prompt: they are configured by a `model_config`. */
export type BasicMode = 'chat' | 'completion'

export const isBasicMode = (mode: wire.AppMode): mode is BasicMode => mode === 'chat' || mode === 'completion'

/** @throws `invalid_param` for modes that this version can show but not make */
export function assertCreatable(mode: wire.AppMode): asserts mode is BasicMode | WorkflowMode {
  if (isBasicMode(mode) || isWorkflowMode(mode)) return
  throw new AppError('invalid_param', {
    message: `mode: apps of the mode "${mode}" come with a later version of Trellis. Choose "workflow", "advanced-chat", "chat" or "completion".`,
    param: 'mode',
    refusal: { reason: 'mode_later', values: { mode } },
  })
}

/** An app whose configuration this slice edits. @throws `app_not_found` for apps of other modes, as for no app at all */
export function assertBasic(app: AppsTable): asserts app is AppsTable & { readonly mode: BasicMode } {
  if (!isBasicMode(app.mode)) {
    throw new AppError('app_not_found', { message: `This app is of the mode "${app.mode}", which has no model configuration.` })
  }
}
