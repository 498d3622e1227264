import { AppError } from '@trellis/contracts'
import type { ToolCallRequest, ToolMessage, ToolService } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { Variable } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { aFile } from '../testing/fake-files.ts'
import { runNode } from '../testing/run-node.ts'
import { toolNode } from './node.ts'

interface Scene {
  readonly data?: Dict
  readonly messages?: readonly ToolMessage[]
  readonly variables?: Readonly<Record<string, Value | Variable>>
  readonly errors?: { readonly describe?: Error; readonly call?: Error }
}

async function call({ data = {}, messages = [], variables = {}, errors = {} }: Scene) {
  const requests: ToolCallRequest[] = []
  const tools: ToolService = {
    async describe() {
      if (errors.describe) throw errors.describe
      const parameters = ['needed', 'b', 'c'].map((name) => ({ name, type: 'string', isRequired: name === 'needed' }))
      return { parameters, info: { icon: 'clock' } }
    },
    async *call(request) {
      requests.push(request)
      yield* messages
      if (errors.call) throw errors.call
    },
  }
  const base = { type: 'tool', provider_id: 'time', provider_type: 'builtin', provider_name: 'time', tool_name: 't', tool_label: 'T' }
  const run = await runNode(toolNode, { ...base, tool_parameters: {}, ...data }, { services: { tools }, variables })
  return { ...run, request: requests[0] }
}

describe('2.19 tool: parameters', () => {
  it('are raw values of variables, texts of templates, null where the tool does not know them; null ones and bare texts are dropped', async () => {
    const { request, outcome } = await call({
      data: {
        tool_parameters: {
          needed: { type: 'variable', value: ['start', 'list'] },
          b: { type: 'mixed', value: 'x {{#env.key#}}' },
          c: { type: 'constant', value: 5 },
          unknown: { type: 'constant', value: 'y' },
          dropped: { type: 'mixed', value: null },
          bare: 'text',
        },
      },
      variables: { 'start.list': [1], 'env.key': new Variable('sk-secret-1234', 'secret') },
    })
    expect(request?.parameters).toEqual({ needed: [1], b: 'x sk-secret-1234', c: '5', unknown: null })
    expect(outcome.inputs).toEqual({ needed: [1], b: 'x sk-sec************34', c: '5', unknown: null })
  })

  it('fail the node where a needed variable is missing, and are left out where it is not needed', async () => {
    const missing = { type: 'variable', value: ['no', 'where'] }
    expect((await call({ data: { tool_parameters: { needed: missing } } })).outcome).toMatchObject({
      status: 'failed',
      errorType: 'ToolParameterError',
    })
    expect((await call({ data: { tool_parameters: { b: missing } } })).request?.parameters).toEqual({})
  })

  it('come from settings too, where these say how they get their value', async () => {
    const { request } = await call({ data: { tool_configurations: { b: { type: 'mixed', value: '%Y' }, old: 3 }, tool_node_version: '2' } })
    expect(request).toMatchObject({ parameters: { b: '%Y' }, settings: { b: '%Y', old: 3 } })
  })
})

describe('2.19 tool: messages', () => {
  it('become outputs, and are told as they come', async () => {
    const { outcome, chunks } = await call({
      messages: [
        { type: 'text', text: 'a' },
        { type: 'link', url: 'https://e.com' },
        { type: 'link', url: 'https://f.com', file: aFile() },
        { type: 'json', json: { x: 1 } },
        { type: 'json', json: {} },
        { type: 'file', file: aFile() },
        { type: 'variable', name: 'whole', value: { y: 1 }, isStream: false },
        { type: 'variable', name: 'parts', value: 'p', isStream: true },
        { type: 'variable', name: 'parts', value: 'q', isStream: true },
      ],
    })
    const text = 'aLink: https://e.com\nFile: https://f.com\n'
    const files = new Variable([aFile(), aFile()], 'array[file]')
    expect(outcome).toMatchObject({ outputs: { text, files, json: [{ x: 1 }], whole: { y: 1 }, parts: 'pq' } })
    expect(outcome).toMatchObject({ metadata: { tool_info: { provider_id: 'time', icon: 'clock' } } })
    expect(chunks).toEqual([
      { type: 'text-delta', name: 'text', text: 'a' },
      { type: 'text-delta', name: 'text', text: 'Link: https://e.com\n' },
      { type: 'text-delta', name: 'text', text: 'File: https://f.com\n' },
      { type: 'text-delta', name: 'parts', text: 'p' },
      { type: 'text-delta', name: 'parts', text: 'q' },
      { type: 'text-end', name: 'text' },
      { type: 'text-end', name: 'whole' },
      { type: 'text-end', name: 'parts' },
    ])
  })

  it('without JSON are an empty list of data; a variable of the name overrides an output', async () => {
    expect((await call({})).outcome).toMatchObject({ outputs: { text: '', json: [{ data: [] }] } })
    const { outcome } = await call({ messages: [{ type: 'variable', name: 'text', value: 'mine', isStream: false }] })
    expect(outcome).toMatchObject({ outputs: { text: 'mine' } })
  })

  it('that stream something else than texts fail the node', async () => {
    const { outcome } = await call({ messages: [{ type: 'variable', name: 'v', value: 1, isStream: true }] })
    expect(outcome).toMatchObject({ status: 'failed', errorType: 'ToolNodeError' })
  })
})

it('2.19 tool: fails with the words of whoever has the tools', async () => {
  const error = new AppError('bad_request', { message: 'Install it.' })
  expect((await call({ errors: { describe: error } })).outcome).toMatchObject({
    error: 'Install it.',
    errorType: 'ToolRuntimeResolutionError',
  })
  expect((await call({ errors: { call: error } })).outcome).toMatchObject({ error: 'Install it.', errorType: 'ToolRuntimeInvocationError' })
})
