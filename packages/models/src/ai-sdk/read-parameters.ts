import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'

/** Typed reading of a call's parameters; what is absent or of another type is left to the provider's default. */
export interface ParameterReader {
  number(name: string): number | undefined
  text(name: string): string | undefined
  boolean(name: string): boolean | undefined
  /** What every provider has: length, temperature and sampling. */
  common(maxTokensName: string): Partial<LanguageModelV4CallOptions>
}

export function readParameters(parameters: Readonly<Record<string, unknown>>): ParameterReader {
  const number = (name: string): number | undefined => {
    const value = parameters[name]
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  }
  return {
    number,
    text: (name) => {
      const value = parameters[name]
      return typeof value === 'string' && value !== '' ? value : undefined
    },
    boolean: (name) => {
      const value = parameters[name]
      return typeof value === 'boolean' ? value : undefined
    },
    common: (maxTokensName) => {
      const settings = {
        maxOutputTokens: number(maxTokensName) ?? number('max_tokens'),
        temperature: number('temperature'),
        topP: number('top_p'),
        topK: number('top_k'),
        presencePenalty: number('presence_penalty'),
        frequencyPenalty: number('frequency_penalty'),
        seed: number('seed'),
      }
      return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
    },
  }
}
