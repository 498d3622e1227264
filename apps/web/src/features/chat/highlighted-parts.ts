/** Text, or a stretch of it under the class that gives it its colour. */
export type CodePart = string | { readonly className: string; readonly parts: readonly CodePart[] }

const TOKEN = /<span class="([^"]*)">|<\/span>|[^<]+/g
const ENTITY = /&(amp|lt|gt|quot|#x27);/g
const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

/**
 * What highlight.js writes, as data: spans with a class, and text in which five characters are escaped. So the page never makes markup
 * of text, and its policy may forbid that. Whatever else stood there would be left out.
 */
export function readHighlighted(html: string): readonly CodePart[] {
  const root: CodePart[] = []
  const open: CodePart[][] = [root]
  for (const [token, className] of html.matchAll(TOKEN)) {
    const parts = open.at(-1) ?? root
    if (className !== undefined) {
      const inner: CodePart[] = []
      parts.push({ className, parts: inner })
      open.push(inner)
    } else if (token === '</span>') open.pop()
    else parts.push(token.replaceAll(ENTITY, (_, name: string) => characters[name] ?? ''))
  }
  return root
}
