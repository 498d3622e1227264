import { AppError, type ErrorCode, type RouteContract } from '@trellis/contracts'
import { parseAddress } from '@trellis/kit'
import type { Logger, RateLimiter } from '@trellis/spec'
import type { FastifyRequest } from 'fastify'
import type { Guard } from './mount.ts'

export type AddressBudget = NonNullable<RouteContract['addressBudget']>

export interface AddressLimitDependencies {
  readonly rateLimiter: RateLimiter
  readonly logger: Logger
  /** How many calls one address may make, all routes of a budget together; a limit of 0 is none. */
  readonly budgets: Readonly<Record<AddressBudget, CallBudget>>
  readonly trustsForwardedHeaders: boolean
}

export interface CallBudget {
  readonly limit: number
  readonly windowMs: number
}

const MINUTE_MS = 60_000

/** Dify has words of its own for some. */
const codes: Partial<Record<AddressBudget, ErrorCode>> = { form: 'web_form_rate_limit_exceeded', mail: 'email_send_ip_limit' }

export const perMinute = (limit: number): CallBudget => ({ limit, windowMs: MINUTE_MS })

/** Lets an address call routes that anybody may call only so often; then asks the guard. @throws `too_many_requests`, `web_form_rate_limit_exceeded`, `email_send_ip_limit` */
export function limitByAddress(guard: Guard, dependencies: AddressLimitDependencies): Guard {
  return async (contract, request, reply) => {
    if (contract.addressBudget) await spend(contract.addressBudget, request, dependencies)
    return guard(contract, request, reply)
  }
}

async function spend(budget: AddressBudget, request: FastifyRequest, dependencies: AddressLimitDependencies): Promise<void> {
  const { limit, windowMs } = dependencies.budgets[budget]
  if (limit === 0) return
  const key = `address:${budget}:${addressKey(request.ip)}`
  const { isAllowed, retryAfterMs } = await dependencies.rateLimiter.hit(key, { limit, windowMs })
  if (isAllowed) return
  await tellOnce(budget, key, request, dependencies)
  const retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1000))
  throw new AppError(codes[budget] ?? 'too_many_requests', {
    message: `Too many requests from this address. Try again in ${retryAfterSeconds} seconds.`,
    refusal: { reason: 'address_rate', values: { seconds: retryAfterSeconds } },
    retryAfterSeconds,
  })
}

/** Once a minute: a flood must not fill the log. */
async function tellOnce(
  budget: AddressBudget,
  key: string,
  request: FastifyRequest,
  dependencies: AddressLimitDependencies,
): Promise<void> {
  const told = await dependencies.rateLimiter.hit(`${key}:told`, { limit: 1, windowMs: MINUTE_MS })
  if (!told.isAllowed) return
  const isUntrustedProxy = !dependencies.trustsForwardedHeaders && request.headers['x-forwarded-for'] !== undefined
  dependencies.logger.warn(
    { budget, ip: request.ip },
    isUntrustedProxy
      ? 'Requests are refused: too many from one address, which seems to be a proxy. If it is yours, set RESPECT_XFORWARD_HEADERS_ENABLED=true, so that its visitors do not share one limit'
      : 'Requests are refused: too many from one address',
  )
}

/** What counts as one address: of IPv6 the network, since whoever has one has all addresses in it (RFC 6177). */
export function addressKey(ip: string): string {
  const groups = parseAddress(ip)
  if (!groups) return ip
  const isMappedIpv4 = groups.length === 8 && groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
  return (isMappedIpv4 ? groups.slice(6) : groups.slice(0, 4)).map((group) => group.toString(16)).join(':')
}
