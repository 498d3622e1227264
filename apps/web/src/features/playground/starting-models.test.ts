import { describe, expect, it } from 'vitest'
import type { ProviderModels } from '../../api/types/models.ts'
import { startingModels } from './starting-models.ts'

const offers = (provider: string, ...models: readonly string[]) =>
  // Of the many fields only these are read.
  ({ provider, models: models.map((model) => ({ model, status: 'active', deprecated: false })) }) as unknown as ProviderModels

const namesOf = (...given: Parameters<typeof startingModels>) => startingModels(...given).map(({ model }) => model)

describe('the models that columns begin with', () => {
  const standard = { provider: 'acme/own/own', model: 'parrot-1' }

  it('are the default one and another', () => {
    const offered = [offers('acme/own/own', 'parrot-0', 'parrot-1'), offers('acme/other/other', 'parrot-1')]
    expect(namesOf(standard, offered)).toEqual(['parrot-1', 'parrot-0', 'parrot-1'])
  })

  it('have the demo last', () => {
    const offered = [offers('trellis/demo/demo', 'demo-chat'), offers('acme/own/own', 'parrot-1', 'parrot-2')]
    expect(namesOf(standard, offered)).toEqual(['parrot-1', 'parrot-2', 'demo-chat'])
  })

  it('are none where there are none', () => {
    expect(namesOf(undefined, [])).toEqual([])
  })
})
