import type { Provider } from '../../../api/types/models.ts'

type Searched = Pick<Provider, 'provider' | 'label' | 'description'>

const wordsOf = (text: string): readonly string[] => text.toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Whether every word stands in its names or what is said of it, or all of them in one of its names: hyphens, spaces and case do not matter. */
export function matchesSearch({ provider, label, description }: Searched, search: string): boolean {
  const wanted = wordsOf(search)
  const names = [provider, label.en_US, label.zh_Hans ?? '']
  const said = wordsOf([...names, description?.en_US ?? '', description?.zh_Hans ?? ''].join(' ')).join(' ')
  const isInName = (name: string): boolean => wordsOf(name).join('').includes(wanted.join(''))
  return wanted.every((word) => said.includes(word)) || names.some(isInName)
}

/** The one that takes every server which speaks OpenAI's protocol. */
export const findAnyServer = (providers: readonly Provider[]): Provider | undefined =>
  providers.find(({ provider }) => provider.split('/').at(-1) === 'openai_api_compatible')
