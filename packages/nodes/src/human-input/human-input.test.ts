import type { PauseReason, Submission } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import { aFile } from '../testing/fake-files.ts'
import { runNode } from '../testing/run-node.ts'
import { checkSubmission } from './check-submission.ts'
import { humanInputNode } from './node.ts'

const data: Dict = {
  type: 'human-input',
  delivery_methods: [{ id: 'd1', type: 'webapp', enabled: true, config: {} }],
  form_content: '# {{#start.title#}}\n{{#$output.comment#}} {{#$output.choice#}} {{#$output.doc#}} {{#$output.docs#}}',
  inputs: [
    { type: 'paragraph', output_variable_name: 'comment', default: { type: 'variable', selector: ['start', 'draft'], value: '' } },
    { type: 'select', output_variable_name: 'choice', option_source: { type: 'variable', selector: ['start', 'options'], value: [] } },
    { type: 'file', output_variable_name: 'doc' },
    { type: 'file-list', output_variable_name: 'docs', number_limits: 2 },
  ],
  user_actions: [
    { id: 'ok', title: 'Approve', button_style: 'primary' },
    { id: 'no', title: 'Reject' },
  ],
  timeout: 2,
  timeout_unit: 'day',
}
const variables = { 'start.title': 'Report', 'start.draft': 'so far', 'start.options': ['a', 'b'] }
const values = { comment: 'fine', choice: 'a', doc: aFile(), docs: [aFile(), aFile()] }

async function run(submission?: Submission, changes: Dict = {}) {
  const { outcome } = await runNode(humanInputNode, { ...data, ...changes }, { variables, ...(submission ? { submission } : {}) })
  return outcome
}

async function formOf(): Promise<PauseReason> {
  const outcome = await run()
  if (outcome.status !== 'paused') throw new Error('It did not pause.')
  return outcome.reason
}

describe('2.23 human-input: asking', () => {
  it('pauses with the content as markdown, defaults and options from variables', async () => {
    expect(await formOf()).toMatchObject({
      type: 'human-input',
      formContent: '# Report\n{{#$output.comment#}} {{#$output.choice#}} {{#$output.doc#}} {{#$output.docs#}}',
      inputs: [{ type: 'paragraph' }, { option_source: { value: ['a', 'b'] } }, { type: 'file' }, { type: 'file-list' }],
      actions: [
        { id: 'ok', title: 'Approve', buttonStyle: 'primary' },
        { id: 'no', title: 'Reject', buttonStyle: 'default' },
      ],
      resolvedDefaults: { comment: 'so far' },
      timeoutMs: 172_800_000,
      deliveryMethods: [{ id: 'd1' }],
    })
  })

  it.each<[string, Dict]>([
    [
      'two inputs of one name',
      {
        inputs: [
          { type: 'file', output_variable_name: 'a' },
          { type: 'file', output_variable_name: 'a' },
        ],
      },
    ],
    [
      'two actions of one id',
      {
        user_actions: [
          { id: 'a', title: 'A' },
          { id: 'a', title: 'B' },
        ],
      },
    ],
    ['an action id of more than 20 characters', { user_actions: [{ id: 'a'.repeat(21), title: 'A' }] }],
    ['an action id that is no identifier', { user_actions: [{ id: '1-a', title: 'A' }] }],
    [
      'a default without a selector',
      { inputs: [{ type: 'paragraph', output_variable_name: 'a', default: { type: 'variable', selector: ['x'] } }] },
    ],
    ['another upload method', { inputs: [{ type: 'file', output_variable_name: 'a', allowed_file_upload_methods: ['tool_file'] }] }],
  ])('refuses %s', async (_, changes) => {
    await expect(run(undefined, changes)).rejects.toThrow()
  })
})

describe('2.23 human-input: answers', () => {
  it('leaves by the action, with the values, the title and the filled form', async () => {
    expect(await run({ type: 'submitted', actionId: 'ok', values: { ...values, undeclared: 1 } })).toEqual({
      status: 'succeeded',
      handle: 'ok',
      inputs: values,
      outputs: { ...values, __action_id: 'ok', __action_value: 'Approve', __rendered_content: '# Report\nfine a [file] [2 files]' },
    })
  })

  it('leaves by __timeout where nobody answered in time', async () => {
    expect(await run({ type: 'expired' })).toMatchObject({
      status: 'succeeded',
      handle: '__timeout',
      outputs: { __action_id: '', __action_value: '' },
    })
  })

  it.each<[string, Value, string | undefined]>([
    ['comment', 'fine', undefined],
    ['comment', 1, 'comment'],
    ['choice', 'c', 'choice'],
    ['doc', 'x', 'doc'],
    ['docs', [aFile(), aFile(), aFile()], 'docs'],
    ['docs', [1], 'docs'],
    ['docs', [], undefined],
  ])('%s with %j is at fault: %s', async (name, value, field) => {
    expect(checkSubmission(await formOf(), { actionId: 'ok', values: { ...values, [name]: value } })?.field).toBe(field)
  })

  it('refuses an unknown action and a missing input', async () => {
    expect(checkSubmission(await formOf(), { actionId: 'maybe', values })?.field).toBe('action')
    expect(checkSubmission(await formOf(), { actionId: 'ok', values: { comment: 'x' } })?.field).toBe('choice')
  })
})
