const HERE = 'http://here.invalid'

/**
 * Where one was going before one had to sign in, if it is a page of ours. Addresses are judged as a browser reads them, which passes over
 * tabs and line ends, and takes a backslash for a slash.
 */
export function readReturnAddress({ redirect }: Readonly<Record<string, unknown>>): { readonly redirect?: string } {
  if (typeof redirect !== 'string' || !redirect.startsWith('/') || !URL.canParse(redirect, HERE)) return {}
  return new URL(redirect, HERE).origin === HERE ? { redirect } : {}
}
