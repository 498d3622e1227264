import { expect, it } from 'vitest'
import type { CredentialField } from '../../../api/types/models.ts'
import { toCredentials, visibleFields } from './credential-form.ts'
import { withContext } from './credential-target.ts'

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
