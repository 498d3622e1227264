import { providers } from '@trellis/models'
import { describe, expect, it } from 'vitest'
import { readCredentialForm } from './credential-form.ts'

describe.each(providers.map((provider) => ({ id: provider.id, provider })))('the forms of $id', ({ provider }) => {
  const fields = [...provider.credentialFields, ...provider.modelCredentialFields].filter((field) => field.placeholder)

  it.runIf(fields.length > 0)('take what they show as an example', () => {
    for (const field of fields) {
      const example = field.placeholder?.en_US ?? ''
      // Whether it shows depends on the kind of model; here it stands alone.
      const form = { fields: [{ ...field, show_on: [] }], given: { [field.variable]: example } }
      expect(readCredentialForm(form), field.variable).toEqual({ [field.variable]: example })
    }
  })
})
