import { type RouteContract, surfacePrefix } from '@trellis/contracts'

type Values = Readonly<Record<string, unknown>>

/** The address of a route, below `baseUrl`. Throws TypeError where a path parameter is missing. */
export function toAddress(baseUrl: string, route: RouteContract, params: Values, query: Values): string {
  const path = route.path.replaceAll(/([:*])(\w+)/g, (_, kind: string, name: string) => {
    const value = params[name]
    if (value === undefined || value === null || value === '') throw new TypeError(`${route.path} needs the parameter ${name}`)
    // The slashes of a provider's id stay slashes.
    return kind === '*' ? String(value).split('/').map(encodeURIComponent).join('/') : encodeURIComponent(String(value))
  })
  const search = toSearch(query)
  return `${baseUrl.replace(/\/+$/, '')}${surfacePrefix[route.surface]}${path}${search === '' ? '' : `?${search}`}`
}

/** Leaves out what is undefined or null; lists become repeated keys. */
function toSearch(query: Values): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value].flat()) {
      if (item !== undefined && item !== null) search.append(name, String(item))
    }
  }
  return search.toString()
}
