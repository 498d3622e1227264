/**
 * A path within the console to go on to, or undefined where it might lead elsewhere: browsers read `//host`, `/\host` and what
 * tabs and line breaks hide between the slashes as addresses of other sites.
 */
export function readConsolePath(given: string | undefined): string | undefined {
  if (given === undefined || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(given)) return undefined
  const { origin, pathname, search, hash } = new URL(given, 'http://console.invalid')
  if (origin !== 'http://console.invalid' || pathname.startsWith('//')) return undefined
  return pathname + search + hash
}
