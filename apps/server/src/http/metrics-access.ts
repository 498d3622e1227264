import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Who may read the figures. With a token: whoever has it. Without: only this machine. */
export function judgeMetricsReader(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  token: string | undefined,
): 'allowed' | 'unauthorized' | 'forbidden' {
  const { headers, socket } = request
  if (token === undefined) return isLoopback(socket.remoteAddress) && headers['x-forwarded-for'] === undefined ? 'allowed' : 'forbidden'
  const given = Buffer.from(headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? 'allowed' : 'unauthorized'
}

const isLoopback = (address: string | undefined): boolean =>
  address === '::1' || (address?.replace('::ffff:', '').startsWith('127.') ?? false)
