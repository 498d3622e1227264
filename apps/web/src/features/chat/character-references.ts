/** What browsers know of trusted types; TypeScript does not yet. What a policy makes is an object that `innerHTML` takes like text. */
interface WithTrustedTypes {
  readonly trustedTypes?: { createPolicy(name: string, rules: Markup): Markup }
}
interface Markup {
  createHTML(text: string): string
}

const NAME = /^[\da-z]+$/i

let decoder: { readonly markup: Markup; readonly element: HTMLElement } | undefined

/**
 * The character of a name (`amp`, `nbsp`), false where there is none. Stands in for the package of the same face that markdown is read
 * with: that one lets the browser read `&name;` as markup as well, but knows no trusted types. Name and purpose of the policy are in
 * `page-headers.ts` of the server; a name is letters and digits, which no markup can be made of.
 */
export function decodeNamedCharacterReference(name: string): string | false {
  if (!NAME.test(name)) return false
  decoder ??= createDecoder()
  decoder.element.innerHTML = decoder.markup.createHTML(`&${name};`)
  const text = decoder.element.textContent
  // A name that begins with a whole one (`&notit;`) leaves its rest and the semicolon behind.
  return text.endsWith(';') && name !== 'semi' ? false : text
}

function createDecoder(): { readonly markup: Markup; readonly element: HTMLElement } {
  const rules: Markup = { createHTML: (text) => text }
  // Not in TypeScript's view of a window, see above.
  const { trustedTypes } = globalThis as WithTrustedTypes
  return { markup: trustedTypes?.createPolicy('character-references', rules) ?? rules, element: document.createElement('i') }
}
