/**
 * What stands before every path of ours, where a reverse proxy gives us a part of a host: empty, or with a leading slash. The server
 * writes it into the page.
 */
export const basePath = (): string => globalThis.document?.documentElement.dataset['basePath'] ?? ''

/** Whoever opens a page past the proxy lands where its links lead. True where the browser is on its way there. */
export function goBelowBase(): boolean {
  const base = basePath()
  const { pathname, search, hash } = location
  if (base === '' || pathname === base || pathname.startsWith(`${base}/`)) return false
  location.replace(`${base}${pathname}${search}${hash}`)
  return true
}
