import type { CatalogModel } from '@trellis/spec'
import type { ResolvedLanguageModel } from '../models/index.ts'

export interface Question {
  readonly text: string
  /** Numbers are moved into the bounds that the model's rules set; what the model does not know is dropped. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** The whole of what a model answers to one message, without its reasoning. */
export async function askModel(model: ResolvedLanguageModel, { text, parameters }: Question, signal: AbortSignal): Promise<string> {
  const call = { messages: [{ role: 'user', content: text }], parameters: fitParameters(model.entry, parameters) } as const
  let answer = ''
  for await (const event of model.stream(call, signal)) if (event.type === 'text-delta') answer += event.text
  return withoutReasoning(answer)
}

/** Some models think aloud inside of their answer. */
export const withoutReasoning = (text: string): string => text.replace(/<think>[\s\S]*?(?:<\/think>|$)/g, '').trim()

function fitParameters({ parameterRules }: CatalogModel, wanted: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const fit = (name: string, value: unknown): unknown => {
    const rule = parameterRules.find((candidate) => candidate.name === name || candidate.use_template === name)
    if (typeof value !== 'number' || !rule) return value
    return Math.min(Math.max(value, rule.min ?? value), rule.max ?? value)
  }
  return Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, fit(name, value)]))
}
