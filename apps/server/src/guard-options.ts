import type { Config } from '@trellis/config'
import type { EgressGuardOptions } from '@trellis/kit'

/** What the policy object is made of; every way out is given the same. */
export const toGuardOptions = ({ egress }: Config): EgressGuardOptions => ({
  modelEndpointAllowPrivate: egress.allowsPrivateModelEndpoints,
  allowedHosts: egress.allowedHosts,
})
