import { AppError } from '@trellis/contracts'
import type { FastifyRequest } from 'fastify'
import type { PassportActor } from '../../http/actor.ts'
import type { Ask } from '../runs/index.ts'

const NAME = /^[\w-]{16,64}$/

/** `X-Ask-Id` names what a visitor's page asks for: sent again under the same name, it is answered by the run that it has begun. */
export function readAsk(
  { headers }: Pick<FastifyRequest, 'headers'>,
  { tenantId, endUser }: Pick<PassportActor, 'tenantId' | 'endUser'>,
): Ask | undefined {
  const id = headers['x-ask-id']
  if (id === undefined) return undefined
  if (typeof id === 'string' && NAME.test(id)) return { id, tenantId, endUserId: endUser.id }
  throw new AppError('invalid_param', {
    message: 'X-Ask-Id must be 16 to 64 letters, digits, "-" or "_", new for each thing that is asked for.',
  })
}
