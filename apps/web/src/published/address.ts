export interface PublishedAddress {
  readonly kind: 'chat' | 'completion' | 'workflow'
  readonly code: string
}

const PATTERN = /^\/(chat|chatbot|completion|workflow)\/([\w-]{1,64})\/?$/u

/** Which page of which app an address means; undefined where it is none of ours. */
export function parseAddress(pathname: string): PublishedAddress | undefined {
  const [, kind, code] = PATTERN.exec(pathname) ?? []
  if (kind === undefined || code === undefined) return undefined
  return { kind: kind === 'completion' || kind === 'workflow' ? kind : 'chat', code }
}
