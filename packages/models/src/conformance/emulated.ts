import { type Ability, claimsOf, type Failure, failures } from './abilities.ts'
import { type Subject, serves } from './subjects.ts'

/** What is played against the independent emulator (@copilotkit/aimock), which answers at the providers' own paths. */
export interface Emulated {
  readonly abilities: readonly Ability[]
  readonly failures: readonly Failure[]
}

/** What the emulator looks at in each protocol: the others' images and schemas it drops unseen, so nothing would be proved. */
const looksAt: Readonly<Record<Subject['wire'], readonly Ability[]>> = {
  openai: ['reasoning', 'structured output', 'image', 'document', 'audio', 'video', 'embedding', 'speech', 'transcription'],
  anthropic: ['reasoning'],
  google: ['reasoning', 'embedding'],
  bedrock: [],
  replicate: [],
}
const looksAtAll: readonly Ability[] = ['text', 'stream', 'usage', 'tools']

/** It serves these at one path alone, which is that of one provider. */
const looksAtOnly: Readonly<Partial<Record<string, readonly Ability[]>>> = { openai: ['moderation'], cohere: ['rerank'] }

/** They tell the usage without being asked, and refuse to be asked; the emulator tells it to those alone who ask. */
const tellsUsageUnasked = ['mistralai', 'perplexity']

export function emulatedBy(subject: Subject): Emulated {
  const { provider, wire } = subject
  // The emulator has no predictions.
  if (wire === 'replicate') return { abilities: [], failures: [] }
  const seen = [...looksAtAll, ...looksAt[wire], ...(looksAtOnly[provider.id] ?? [])].filter(
    (ability) => ability !== 'usage' || !tellsUsageUnasked.includes(provider.id),
  )
  return {
    abilities: claimsOf(provider).filter((ability) => seen.includes(ability)),
    // Refused content comes as the end of an answer, which embeddings have not.
    failures: failures.filter((failure) => failure !== 'content-refused' || serves(subject, 'llm')),
  }
}
