import type { Config } from '@trellis/config'

/** Cookies are for https only where every address of the console is https. */
export function cookieOptions({ urls, server, auth }: Config) {
  const addresses = [urls.consoleApi, urls.consoleWeb].filter((address) => address !== undefined)
  return {
    isSecure: addresses.length > 0 && addresses.every((address) => address.startsWith('https://')),
    domain: server.cookieDomain,
    path: urls.basePaths.console || '/',
    accessLifetimeSeconds: auth.accessTokenLifetimeSeconds,
    refreshLifetimeSeconds: auth.refreshTokenLifetimeSeconds,
  }
}
