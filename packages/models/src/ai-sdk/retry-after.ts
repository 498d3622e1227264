import { parseRetryAfterMs } from '@trellis/kit'

/** How long a provider asks to be left alone: its `Retry-After`, or the delay that Google puts into the body. */
export function retryAfterMsIn(headers: Readonly<Record<string, string>>, body: string): number | undefined {
  // A date is measured against the answer's own clock, so that ours need not agree with the provider's.
  const sentAt = Date.parse(headers.date ?? '')
  const told = parseRetryAfterMs(headers, Number.isNaN(sentAt) ? Date.now() : sentAt)
  if (told !== undefined) return told
  const seconds = body.match(/"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/)?.[1]
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000)
}
