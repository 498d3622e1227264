/** `application/x-www-form-urlencoded` as Python writes it: a space is `+`, and of the marks only `_.-~` stay. */
export const encodeForm = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')

function encode(text: string): string {
  const escaped = encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  return escaped.replaceAll('%20', '+')
}
