import { z } from 'zod'
import { modelType } from '../common/wire.ts'

/** Providers have slashes in their ids. */
export const providerPath = '/workspaces/current/model-providers/*provider'
export const providerParams = z.object({ provider: z.string().min(1) })
export const modelInput = { model: z.string().min(1).max(255, 'The name of a model takes at most 255 characters.'), model_type: modelType }
