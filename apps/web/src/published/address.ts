export interface PublishedAddress {
  readonly kind: 'chat' | 'completion' | 'workflow'
  readonly code: string
}

/** A form that a run waits for, by its token. */
export interface FormAddress {
  readonly kind: 'form'
  readonly token: string
}

const PATTERN = /^\/(chat|chatbot|completion|workflow)\/([\w-]{1,64})\/?$/u
const FORM_PATTERN = /^\/form\/([\w-]{1,64})\/?$/u

/** Which page of which app, or which form, an address means; undefined where it is none of ours. */
export function parseAddress(path: string, base = ''): PublishedAddress | FormAddress | undefined {
  const pathname = path.slice(path.startsWith(base) ? base.length : 0)
  const [, token] = FORM_PATTERN.exec(pathname) ?? []
  if (token !== undefined) return { kind: 'form', token }
  const [, kind, code] = PATTERN.exec(pathname) ?? []
  if (kind === undefined || code === undefined) return undefined
  return { kind: kind === 'completion' || kind === 'workflow' ? kind : 'chat', code }
}
