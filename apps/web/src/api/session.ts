import { basePath } from '../base-path.ts'
import { ApiError, toApiError } from './api-error.ts'
import type { HttpClient } from './http-client.ts'
import { createHttpClient } from './http-client.ts'

/** The console's CSRF token: under https with a prefix, by whether the whole host is ours. */
export function readCsrfToken(cookies: string): string | undefined {
  for (const name of ['__Secure-csrf_token', '__Host-csrf_token', 'csrf_token']) {
    const pair = cookies.split('; ').find((entry) => entry.startsWith(`${name}=`))
    if (pair) return decodeURIComponent(pair.slice(name.length + 1))
  }
  return undefined
}

/** Base64 of the UTF-8 text: how `/login` takes a password. */
export function toTransportPassword(password: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(password)))
}

const SIGNED_IN_KEY = 'trellis.signed-in'

/**
 * False where nobody is signed in for sure: asking the server then would only be refused, and browsers report each refusal as an error.
 * The CSRF cookie alone does not tell, because it ends sooner than the session that can be renewed.
 */
export function mayHaveSession(): boolean {
  if (readCsrfToken(document.cookie) !== undefined) return true
  try {
    return localStorage.getItem(SIGNED_IN_KEY) !== null
  } catch {
    return true
  }
}

/** Remembers on this device whether somebody is signed in. */
export function rememberSession(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(SIGNED_IN_KEY, 'yes')
    else localStorage.removeItem(SIGNED_IN_KEY)
  } catch {
    // Closed storage: the server is asked each time.
  }
}

const REFRESH_LOCK = 'trellis.refresh'

/** Refresh tokens are single use: tabs take turns, and one that finds a newer session uses it. */
async function refreshSession(fetcher: typeof fetch): Promise<boolean> {
  const before = readCsrfToken(document.cookie)
  const run = async () => {
    const now = readCsrfToken(document.cookie)
    if (now !== undefined && now !== before) return true
    const response = await postRefresh(fetcher)
    // Only a refusal ends the session; a server that is restarting does not sign anyone out.
    if (response.status >= 500) throw toApiError(response.status, undefined)
    return response.ok
  }
  return navigator.locks ? navigator.locks.request(REFRESH_LOCK, run) : run()
}

/** Renews the session for a page that is not the console. False where nobody is signed in. */
export const renewSession = (): Promise<boolean> => refreshSession((input, init) => fetch(input, init)).catch(() => false)

async function postRefresh(fetcher: typeof fetch): Promise<Response> {
  try {
    return await fetcher(`${basePath()}/console/api/refresh-token`, { method: 'POST', credentials: 'same-origin' })
  } catch (cause) {
    throw new ApiError({ code: 'network_unreachable', message: '', status: 0, cause })
  }
}

export interface ConsoleHttpOptions {
  readonly onSessionLost: (error: ApiError) => void
  readonly onReachable: (isReachable: boolean) => void
}

/** The console's HTTP client: cookies, CSRF header, renewal of the session. */
export function createConsoleHttp({ onSessionLost, onReachable }: ConsoleHttpOptions): HttpClient {
  const fetcher: typeof fetch = (input, init) => fetch(input, init)
  return createHttpClient({
    baseUrl: `${basePath()}/console/api`,
    fetch: fetcher,
    headers: () => {
      const token = readCsrfToken(document.cookie)
      // Pages of apps that are made here begin in the language that is read here.
      return { 'x-interface-language': document.documentElement.lang, ...(token !== undefined && { 'x-csrf-token': token }) }
    },
    refresh: () => refreshSession(fetcher),
    onSessionLost,
    onReachable,
  })
}
