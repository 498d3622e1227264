import { describe, expect, it } from 'vitest'
import type { CredentialField, CustomModel } from '../../../api/types/models.ts'
import { toCredentials, visibleFields } from './credential-form.ts'
import { hasKeyName, sameModel, startingKeyName, withContext } from './credential-target.ts'
import type { KeysOfProvider } from './owned-keys.ts'

const field: CredentialField = {
  variable: 'vision_support',
  label: { en_US: 'Sees images' },
  type: 'text-input',
  required: false,
  default: null,
  options: null,
  placeholder: null,
  help: null,
  max_length: null,
  show_on: [{ variable: '__model_type', value: 'llm' }],
}

it('a form shows the fields of the model’s kind, and sends no more than its fields', () => {
  const shownTo = (type: 'llm' | 'rerank') => {
    const values = withContext({ vision_support: 'support' }, { kind: 'new-model' }, { name: 'm', type })
    return { shown: visibleFields([field], values).length, sent: toCredentials([field], values, null) }
  }
  expect(shownTo('llm')).toEqual({ shown: 1, sent: { vision_support: 'support' } })
  expect(shownTo('rerank')).toEqual({ shown: 0, sent: {} })
})

describe('a key of an added model', () => {
  const key = (id: string) => ({ credential_id: id, credential_name: `Key ${id}`, shares_load: false, resting: null })
  const model = (ids: readonly string[]): CustomModel => ({
    model: 'mine',
    model_type: 'llm',
    current_credential_id: ids[0] ?? null,
    available_model_credentials: ids.map(key),
  })
  const provider = (models: readonly CustomModel[]): KeysOfProvider => ({
    provider: 'openai',
    custom_configuration: { available_credentials: [key('p')], current_credential_id: 'p', custom_models: models },
  })

  it('has a name of its own beside others', () => {
    const [one, two] = [model(['1']), model(['1', '2'])]
    expect(hasKeyName(provider([one]), { kind: 'model', model: one, credentialId: '1' })).toBe(false)
    expect(hasKeyName(provider([one]), { kind: 'model', model: one, credentialId: null })).toBe(true)
    expect(hasKeyName(provider([two]), { kind: 'model', model: two, credentialId: '2' })).toBe(true)
    expect(startingKeyName(provider([two]), { kind: 'model', model: two, credentialId: '2' })).toBe('Key 2')
    expect(startingKeyName(provider([two]), { kind: 'model', model: two, credentialId: null })).toBe('')
    expect(hasKeyName(provider([two]), { kind: 'new-model' })).toBe(false)
  })

  it('is told of where the name of a model that is there is typed again', () => {
    const there = provider([model(['1'])])
    expect(sameModel(there, { name: ' mine ', type: 'llm' })?.model).toBe('mine')
    expect(sameModel(there, { name: 'mine', type: 'rerank' })).toBeUndefined()
    expect(sameModel(there, { name: 'other', type: 'llm' })).toBeUndefined()
  })
})
