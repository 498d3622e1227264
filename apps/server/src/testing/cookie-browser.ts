export interface Arrival {
  readonly status: number
  readonly url: URL
  readonly headers: Headers
}

/** What of a browser matters to sign-ins: it keeps cookies and follows redirects. */
export interface CookieBrowser {
  readonly cookies: Map<string, string>
  /** One request. */
  open(url: string | URL): Promise<Arrival>
  /** Goes on until it is not sent further, or `isThere`, which is not opened. */
  follow(url: string | URL, isThere?: (url: URL) => boolean): Promise<Arrival>
  /** Cookies and CSRF token as the console's page sends them. */
  headers(): Readonly<Record<string, string>>
}

const MAX_HOPS = 12

/** All servers are on one host, and browsers keep cookies by host: one jar for all, where names do not clash. */
export function createCookieBrowser(cookies = new Map<string, string>()): CookieBrowser {
  const cookieHeader = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const keep = (line: string): void => {
    const [pair = '', ...attributes] = line.split(';')
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    const expires = attributes.map((attribute) => /^\s*expires=(.*)$/i.exec(attribute)?.[1]).find((date) => date !== undefined)
    if (value === '' || (expires !== undefined && Date.parse(expires) <= Date.now())) cookies.delete(name)
    else cookies.set(name, value)
  }
  const open = async (address: string | URL): Promise<Arrival> => {
    const response = await fetch(address, { redirect: 'manual', headers: { cookie: cookieHeader() } })
    await response.arrayBuffer()
    for (const line of response.headers.getSetCookie()) keep(line)
    const location = response.headers.get('location')
    return { status: response.status, headers: response.headers, url: new URL(location ?? '', address) }
  }
  return {
    cookies,
    open,
    async follow(address, isThere = () => false) {
      let next = new URL(address)
      for (let hops = 0; hops < MAX_HOPS; hops++) {
        const arrival = await open(next)
        if (arrival.status < 300 || arrival.status >= 400) return { ...arrival, url: next }
        if (isThere(arrival.url)) return arrival
        next = arrival.url
      }
      throw new TypeError(`${address} leads nowhere: the last address was ${next}`)
    },
    headers: () => ({ cookie: cookieHeader(), 'x-csrf-token': cookies.get('csrf_token') ?? '' }),
  }
}
