import { administeringRoles } from '@trellis/contracts'
import type { AccountActor } from '../../http/actor.ts'
import type { PresentationContext } from './present-model.ts'

export const toPresentationContext = ({ tenantId, role }: AccountActor, consoleApiUrl: string): PresentationContext => ({
  tenantId,
  consoleApiUrl,
  mayAdminister: administeringRoles.some((known) => known === role),
})
