import type { ProviderDefinition } from '@trellis/spec'
import { type Ability, claimsOf, type Failure, failures } from './abilities.ts'
import { emulatedBy } from './emulated.ts'
import { publishedAnswers } from './published/answers.ts'
import { publishedFailures } from './published/index.ts'
import { publishedRetrieval } from './published/retrieval.ts'
import { wireReferences } from './references.ts'
import { type Subject, serves, subjects } from './subjects.ts'

/**
 * Where a case comes from: a fixture written from the provider's published reference, an independent emulator, or a fixture
 * written from memory, in the shape that the provider is known to share with OpenAI.
 */
export type Source = 'reference' | 'emulator' | 'memory'

export interface Coverage {
  readonly provider: ProviderDefinition
  /** Sources of each ability that the catalogue claims. */
  readonly abilities: ReadonlyMap<Ability, readonly Source[]>
  readonly failures: ReadonlyMap<Failure, readonly Source[]>
  /** The pages, each with the day on which it was read. */
  readonly references: readonly { readonly address: string; readonly readOn: string }[]
}

/** What the suites try with every provider. It is read from the lists that they run through, so nothing is told that is not tried. */
export const coverage: readonly Coverage[] = subjects.map((subject) => {
  const { provider } = subject
  const pages = referencesOf(provider.id)
  const emulated = emulatedBy(subject)
  return {
    provider,
    abilities: new Map(
      claimsOf(provider).map((ability) => [
        ability,
        sourcesOf({
          isPublished: pages.some(({ abilities }) => abilities.includes(ability)),
          isEmulated: emulated.abilities.includes(ability),
          isRemembered: isRemembered(subject, ability),
        }),
      ]),
    ),
    failures: new Map(
      failures.map((failure) => [
        failure,
        sourcesOf({
          isPublished: failure !== 'cut' && pages.some((page) => page.failures.includes(failure)),
          isEmulated: emulated.failures.includes(failure),
          isRemembered: true,
        }),
      ]),
    ),
    references: [...new Map(pages.map(({ address, readOn }) => [address, { address, readOn }])).values()],
  }
})

function sourcesOf(found: { readonly isPublished: boolean; readonly isEmulated: boolean; readonly isRemembered: boolean }): Source[] {
  const better: Source[] = [...(found.isPublished ? (['reference'] as const) : []), ...(found.isEmulated ? (['emulator'] as const) : [])]
  return found.isRemembered && !found.isPublished ? [...better, 'memory'] : better
}

/** The suites that play the fixtures of a wire (language-models.test.ts, other-types.test.ts) leave these out. */
function isRemembered(subject: Subject, ability: Ability): boolean {
  if (ability === 'reasoning') return subject.supports?.reasoning !== false
  if (ability === 'speech') return false
  if (ability === 'embedding') return subject.provider.id !== 'cohere'
  const isOtherType = (['rerank', 'transcription', 'moderation'] as const).some((other) => other === ability)
  return isOtherType ? subject.wire === 'openai' : serves(subject, 'llm')
}

interface Page {
  readonly address: string
  readonly readOn: string
  readonly abilities: readonly Ability[]
  readonly failures: readonly Failure[]
}

function referencesOf(id: string): readonly Page[] {
  const isOwn = ({ provider }: { readonly provider: string }): boolean => provider === id
  return [
    ...wireReferences.filter(isOwn).map((page) => ({ failures: [], ...page })),
    ...publishedAnswers.filter(isOwn).map((page) => ({ ...page, failures: [] })),
    ...publishedRetrieval
      .filter(({ provider }) => provider.id === id)
      .flatMap(({ addresses, readOn, rerank }) => {
        const abilities: readonly Ability[] = rerank === undefined ? ['embedding'] : ['embedding', 'rerank']
        return addresses.map((address) => ({ address, readOn, abilities, failures: [] }))
      }),
    ...publishedFailures
      .filter(isOwn)
      .map(({ address, readOn, failures }) => ({ address, readOn, abilities: [], failures: failures.map(({ failure }) => failure) })),
  ]
}
