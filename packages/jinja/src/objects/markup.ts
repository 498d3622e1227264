import { reprString } from '@trellis/values'
import type { Run } from '../run.ts'
import { textLength, toPoints } from './code-points.ts'
import { PyObject, type PyValue } from './py-object.ts'

/** A string that is HTML already: `escape` leaves it as it is. */
export class Markup extends PyObject {
  readonly typeName = 'Markup'
  override readonly module = 'markupsafe'
  readonly text: string

  constructor(text: string) {
    super()
    this.text = text
  }

  override repr(): string {
    return `Markup(${reprString(this.text)})`
  }

  override str(): string {
    return this.text
  }

  override length(_run: Run): number {
    return textLength(this.text)
  }

  override iterate(): Iterable<PyValue> {
    return toPoints(this.text)
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&#34;' }

/** MarkupSafe's escape of a text. */
export const escapeHtml = (text: string): string => text.replace(/[&<>'"]/g, (character) => ENTITIES[character] ?? character)
