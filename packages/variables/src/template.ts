import { isList } from '@trellis/values'
import type { FileValue } from './file-value.ts'
import { isFile } from './file-value.ts'
import { filesOf, type Rendering, renderVariable } from './render.ts'
import type { Variable } from './variable.ts'
import type { Selector, VariableReader } from './variable-pool.ts'

/**
 * `{{#node.name#}}` (workflow spec 3.3). A part is at most 30 characters, the first at most 50; no hyphens.
 * What does not match stays as it is written.
 */
const REFERENCE = /\{\{#([a-zA-Z0-9_]{1,50}(?:\.[a-zA-Z_][a-zA-Z0-9_]{0,29}){1,10})#\}\}/g

export type TemplatePart =
  | { readonly type: 'text'; readonly text: string }
  /** `path` is what an unresolved reference renders as. */
  | { readonly type: 'variable'; readonly selector: Selector; readonly path: string }

/** A template, taken apart once. */
export type Template = readonly TemplatePart[]

export function parseTemplate(text: string): Template {
  if (!text.includes('{{#')) return text === '' ? [] : [{ type: 'text', text }]
  const parts: TemplatePart[] = []
  text.split(REFERENCE).forEach((piece, index) => {
    // Every second piece is what the pattern's group caught.
    if (index % 2 === 1) parts.push({ type: 'variable', selector: piece.split('.'), path: piece })
    else if (piece !== '') parts.push({ type: 'text', text: piece })
  })
  return parts
}

/** What the parts of a template stand for: a text, or a variable. Text that spells the path of a variable is one, as in Dify. */
export function resolveTemplate(template: Template, reader: VariableReader): readonly (string | Variable)[] {
  return template.map((part) => {
    if (part.type === 'variable') return reader.get(part.selector) ?? part.path
    return part.text.includes('.') ? (reader.get(part.text.split('.')) ?? part.text) : part.text
  })
}

export function renderTemplate(template: Template, reader: VariableReader, rendering: Rendering): string {
  let text = ''
  for (const piece of resolveTemplate(template, reader)) text += typeof piece === 'string' ? piece : renderVariable(piece, rendering)
  return text
}

/** The files of all variables in a template, in order. */
export function filesInTemplate(template: Template, reader: VariableReader): FileValue[] {
  return resolveTemplate(template, reader).flatMap((piece) => {
    if (typeof piece === 'string') return []
    if (isFile(piece.value)) return [piece.value]
    return isList(piece.value) ? filesOf(piece.value) : []
  })
}

/** The selectors that a template asks for, in order. */
export const selectorsOf = (template: Template): readonly Selector[] =>
  template.flatMap((part) => (part.type === 'variable' ? [part.selector] : []))
