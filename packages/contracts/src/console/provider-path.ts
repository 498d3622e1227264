import { z } from 'zod'
import { modelType } from '../common/wire.ts'

/** Providers have slashes in their ids. */
export const providerPath = '/workspaces/current/model-providers/*provider'
export const providerParams = z.object({ provider: z.string().min(1) })
export const modelInput = { model: z.string().min(1), model_type: modelType }
