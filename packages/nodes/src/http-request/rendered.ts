import { parseTemplate, renderTemplate, type VariableReader } from '@trellis/variables'

/** A text as it is sent, and as records show it: secrets are not told. */
export interface Rendered {
  readonly text: string
  readonly log: string
}

export type Render = (source: string) => Rendered

export function renderWith(variables: VariableReader): Render {
  return (source) => {
    const template = parseTemplate(source)
    return { text: renderTemplate(template, variables, 'text'), log: renderTemplate(template, variables, 'log') }
  }
}

/** Pairs as they are sent, and as records show them. */
export interface RenderedPair {
  readonly name: Rendered
  readonly value: Rendered
}

/** A later pair takes the place of an earlier one of its name, where that one stood. */
export function laterWins(pairs: readonly RenderedPair[], side: keyof Rendered): readonly (readonly [string, string])[] {
  return [...new Map(pairs.map(({ name, value }) => [name[side], value[side]]))]
}
