import { describe, expect, it } from 'vitest'
import { readFormContent, readWaitingForm, splitContent, toAnswer } from './waiting-form.ts'

const data = {
  form_id: 'f1',
  node_id: 'n1',
  node_title: 'Approve',
  form_token: 'token',
  form_content: '# Approve\n\n{{#$output.note#}}\n\nAnd: {{#$output.gone#}} {{#$output.choice#}}',
  inputs: [
    { type: 'paragraph', output_variable_name: 'note', default: { type: 'variable', selector: ['a', 'b'], value: '' } },
    { type: 'select', output_variable_name: 'choice', option_source: { type: 'constant', selector: [], value: ['yes', 'no'] } },
    { type: 'file-list', output_variable_name: 'papers', allowed_file_types: ['document'], number_limits: 2 },
  ],
  actions: [
    { id: 'ok', title: 'Approve', button_style: 'primary' },
    { id: 'no', title: 'Refuse', button_style: 'loud' },
  ],
  resolved_default_values: { note: 'Looks good' },
  expiration_time: 1_700_000_000,
}

describe('a form that a run waits for', () => {
  it('is read with its fields, buttons and end', () => {
    expect(readWaitingForm(data)).toMatchObject({
      id: 'f1',
      token: 'token',
      title: 'Approve',
      expiresAt: 1_700_000_000,
      fields: [
        { type: 'paragraph', variable: 'note', defaultValue: 'Looks good', isRequired: false },
        { type: 'select', variable: 'choice', options: ['yes', 'no'], isRequired: true },
        { type: 'file-list', variable: 'papers', isRequired: false, maxLength: 2, rest: { allowed_file_types: ['document'] } },
      ],
      actions: [
        { id: 'ok', style: 'primary' },
        { id: 'no', style: 'default' },
      ],
    })
    expect(readFormContent({ ...data, actions: undefined, user_actions: data.actions, expiration_time: null })).toMatchObject({
      actions: [{ id: 'ok' }, { id: 'no' }],
      expiresAt: null,
    })
    expect(readWaitingForm({ ...data, form_token: null }).token).toBeNull()
  })

  it('is answered with every text and list, be it empty', () => {
    expect(toAnswer(readFormContent(data), { choice: 'yes' })).toEqual({ note: '', papers: [], choice: 'yes' })
    expect(toAnswer(readFormContent(data), { note: 'fine', choice: 'yes', papers: [1] })).toEqual({
      note: 'fine',
      papers: [1],
      choice: 'yes',
    })
  })

  it('has its fields where the text says, and those without a place at the end', () => {
    const parts = splitContent(readFormContent(data)).map((part) => ('text' in part ? part.text.trim() : `<${part.field.variable}>`))
    expect(parts).toEqual(['# Approve', '<note>', 'And:', '<choice>', '<papers>'])
  })
})
