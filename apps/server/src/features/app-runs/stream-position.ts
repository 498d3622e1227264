import type { FastifyRequest } from 'fastify'
import type { StreamPosition } from '../runs/index.ts'

/** How a caller wants its stream: with ids to continue from, and where it left off. */
export interface StreamWish {
  readonly hasIds: boolean
  readonly after: StreamPosition | undefined
}

/** `X-Stream-Ids: 1` asks for ids, `Last-Event-ID: <epoch>-<offset>` to continue after that frame. */
export function readStreamWish({ headers }: Pick<FastifyRequest, 'headers'>): StreamWish {
  const lastId = headers['last-event-id']
  const [, epoch, offset] = (typeof lastId === 'string' && /^(\d{1,9})-(\d{1,12})$/.exec(lastId.trim())) || []
  return {
    hasIds: headers['x-stream-ids'] === '1' || lastId !== undefined,
    after: epoch === undefined || offset === undefined ? undefined : { epoch: Number(epoch), offset: Number(offset) },
  }
}
