import type { FailedNode } from '@trellis/contracts'

export type ReadInput = FailedNode['inputs'][number]
/** What is typed in place of inputs, by their names; what nobody touched is not among them. */
export type TypedInputs = Readonly<Record<string, string>>

/** Texts are typed as they are, all else as JSON. */
export const isText = ({ value_type: type }: ReadInput): boolean => type === 'string' || type === 'secret'

export const textOfInput = (input: ReadInput): string =>
  isText(input) && typeof input.value === 'string' ? input.value : JSON.stringify(input.value ?? null, null, 2)

/** The names of inputs whose typed text is no value. */
export const findUnreadable = (inputs: readonly ReadInput[], typed: TypedInputs): readonly string[] =>
  inputs.flatMap((input) => {
    const text = typed[input.name]
    return text === undefined || isText(input) || parse(text) !== undefined ? [] : [input.name]
  })

/** What a retry is to give in place of what was read. What was typed back to what it was is not sent: the run has the value itself. */
export function changedInputs(inputs: readonly ReadInput[], typed: TypedInputs): Record<string, unknown> {
  return Object.fromEntries(
    inputs.flatMap((input) => {
      const text = typed[input.name]
      if (text === undefined || text === textOfInput(input)) return []
      return [[input.name, isText(input) ? text : parse(text)?.value]]
    }),
  )
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
