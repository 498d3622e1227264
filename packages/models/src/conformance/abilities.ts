import type { Credentials, ModelFeature, ModelType, ProviderDefinition } from '@trellis/spec'
import { findModel } from '../index.ts'
import type { ProviderFailure } from './scenario.ts'

/** What a provider may promise, in the order in which the table of all providers tells it. */
export const abilities = [
  'text',
  'stream',
  'reasoning',
  'tools',
  'structured output',
  'image',
  'document',
  'audio',
  'video',
  'usage',
  'embedding',
  'rerank',
  'speech',
  'transcription',
  'moderation',
] as const
export type Ability = (typeof abilities)[number]

/** What may go wrong with every provider, whatever it promises. */
export const failures = ['bad-key', 'rate-limit', 'overload', 'context-length', 'content-refused', 'cut'] as const satisfies readonly (
  | ProviderFailure
  | 'cut'
)[]
export type Failure = (typeof failures)[number]

const byType: Readonly<Record<ModelType, readonly Ability[]>> = {
  llm: ['text', 'stream', 'usage'],
  'text-embedding': ['embedding'],
  rerank: ['rerank'],
  tts: ['speech'],
  speech2text: ['transcription'],
  moderation: ['moderation'],
}

const byFeature: Readonly<Partial<Record<ModelFeature, Ability>>> = {
  'agent-thought': 'reasoning',
  'tool-call': 'tools',
  'structured-output': 'structured output',
  vision: 'image',
  document: 'document',
  audio: 'audio',
  video: 'video',
}

/** What a provider's catalogue, or the form of its custom models, says that it can do. */
export function claimsOf(provider: ProviderDefinition): readonly Ability[] {
  const custom = findModel(provider, { model: 'custom', type: 'llm', credentials: everythingSupported(provider) })
  const hasCustomModels = provider.configurateMethods.includes('customizable-model') && provider.modelTypes.includes('llm')
  const features = [...provider.models, ...(custom !== undefined && hasCustomModels ? [custom] : [])].flatMap((model) => model.features)
  const claimed = new Set<Ability | undefined>([
    ...provider.modelTypes.flatMap((type) => byType[type]),
    ...features.map((feature) => byFeature[feature]),
  ])
  return abilities.filter((ability) => claimed.has(ability))
}

/** The form of a custom model of which every question is answered with yes, every other choice made at its first. */
function everythingSupported({ modelCredentialFields }: ProviderDefinition): Credentials {
  const yes = ['support', 'supported', 'true', 'tool_call', 'function_call']
  return Object.fromEntries(
    modelCredentialFields.flatMap((field) => {
      const affirmed = field.options?.find(({ value }) => yes.includes(value)) ?? field.options?.[0]
      return affirmed === undefined ? [] : [[field.variable, affirmed.value]]
    }),
  )
}
