import { Parser } from 'htmlparser2'
import { brokenFile, tooLarge } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { decodeMarkup } from '../text-forms/decode-text.ts'

/** Names are local ones: which prefix stands for a namespace is the writer's affair. Attributes keep theirs. */
export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (XmlElement | string)[]
}

/** Entities other than XML's own five and numbers stay as they are written: none can grow. */
export function walkXml(bytes: Uint8Array, handler: XmlHandler, { depth: maxDepth }: Pick<ExtractionLimits, 'depth'>): void {
  let depth = 0
  let elements = 0
  let openedAt = -1
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1
        elements += 1
        openedAt = parser.startIndex
        if (depth > maxDepth) throw tooLarge(`its elements are nested more than ${maxDepth} deep`)
        handler.open?.(toLocalName(name), attributes)
      },
      onclosetag(name, isImplied) {
        // `<a/>` ends where it starts; whatever else ends without its own tag was cut off or crossed.
        if (isImplied && parser.startIndex !== openedAt) throw brokenFile('its content is cut off or damaged')
        depth -= 1
        handler.close?.(toLocalName(name))
      },
      ontext: (text) => handler.text?.(text),
      onprocessinginstruction(_, data) {
        if (/<!ENTITY|\[/.test(data)) throw brokenFile('it declares entities, which such files do not')
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(decodeMarkup(bytes))
  if (elements === 0) throw brokenFile('a part of it is empty')
}

/** The whole as a tree; for parts whose size is not that of a spreadsheet. */
export function parseXml(bytes: Uint8Array, limits: Pick<ExtractionLimits, 'depth'>): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] }
  const path = [root]
  walkXml(
    bytes,
    {
      open(name, attributes) {
        const element: XmlElement = { name, attributes, children: [] }
        path.at(-1)?.children.push(element)
        path.push(element)
      },
      close: () => void path.pop(),
      text: (text) => void path.at(-1)?.children.push(text),
    },
    limits,
  )
  return elementsOf(root)[0] ?? root
}

export const elementsOf = ({ children }: XmlElement): XmlElement[] => children.filter((child) => typeof child !== 'string')

export const findChild = (element: XmlElement, name: string): XmlElement | undefined =>
  elementsOf(element).find((child) => child.name === name)

/** Every element of that name below, in order; not those within one that was found. */
export function findAll(element: XmlElement, name: string): XmlElement[] {
  return elementsOf(element).flatMap((child) => (child.name === name ? [child] : findAll(child, name)))
}

/** An attribute by its local name, whatever its prefix; `findPrefixed` leaves out the one without a prefix. */
export const findAttribute = ({ attributes }: Pick<XmlElement, 'attributes'>, name: string): string | undefined =>
  attributes[name] ?? findPrefixed({ attributes }, name)

export function findPrefixed({ attributes }: Pick<XmlElement, 'attributes'>, name: string): string | undefined {
  const key = Object.keys(attributes).find((candidate) => candidate.endsWith(`:${name}`))
  return key === undefined ? undefined : attributes[key]
}

const toLocalName = (name: string): string => name.slice(name.indexOf(':') + 1)
