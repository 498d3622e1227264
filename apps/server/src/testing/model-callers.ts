import { accountAsCaller, type ModelCaller } from '../features/models/index.ts'

/** Somebody of that workspace's who tries a model. */
export const callerIn = (tenantId: string): ModelCaller =>
  accountAsCaller({ tenantId, accountId: '00000000-0000-7000-8000-000000000001' }, { purpose: 'playground' })
