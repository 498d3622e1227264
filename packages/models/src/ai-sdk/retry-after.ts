/** How long a provider asks to be left alone: `Retry-After` in seconds or as a date, or the delay that Google puts into the body. */
export function retryAfterMsIn(headers: Readonly<Record<string, string>>, body: string): number | undefined {
  const milliseconds = Number(headers['retry-after-ms'])
  if (milliseconds > 0) return milliseconds
  const told = headers['retry-after']
  if (told !== undefined) return fromHeader(told, headers.date)
  const seconds = body.match(/"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/)?.[1]
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000)
}

function fromHeader(told: string, sentAt: string | undefined): number | undefined {
  const seconds = Number(told)
  if (Number.isFinite(seconds)) return seconds < 0 ? undefined : Math.ceil(seconds * 1000)
  // Measured against the answer's own clock, so that ours need not agree with the provider's.
  const wait = Date.parse(told) - Date.parse(sentAt ?? '')
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined
}
