import { AppError } from '@trellis/contracts'
import type { AgentCallRequest, AgentLog, AgentService, ToolMessage } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { Variable } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { agentNode } from './node.ts'

const log: AgentLog = { id: 'l1', parentId: null, label: 'Round 1', status: 'start', error: null, data: { n: 1 }, metadata: {} }

interface Scene {
  readonly parameters: Dict
  readonly data?: Dict
  readonly messages?: readonly ToolMessage[]
  readonly variables?: Readonly<Record<string, Value>>
  readonly error?: Error
}

async function work({ parameters, data = {}, messages = [], variables = {}, error }: Scene) {
  const requests: AgentCallRequest[] = []
  const agents: AgentService = {
    async describe() {
      if (error) throw error
      const known = [
        ['query', 'string'],
        ['options', 'object'],
        ['tools', 'array[tools]'],
      ]
      return { parameters: known.map(([name = '', type = '']) => ({ name, type, isRequired: false })), info: { icon: 'robot' } }
    },
    async *call(request) {
      requests.push(request)
      yield* messages
    },
  }
  const strategy = { agent_strategy_provider_name: 'p', agent_strategy_name: 'react', agent_strategy_label: 'ReAct' }
  const run = await runNode(
    agentNode,
    { type: 'agent', ...strategy, agent_parameters: parameters, ...data },
    { services: { agents }, variables },
  )
  return { ...run, request: requests[0] }
}

describe('2.20 agent: parameters', () => {
  it('are texts, JSON with references inside, null where the strategy does not know them', async () => {
    const { request } = await work({
      parameters: {
        query: { type: 'mixed', value: 'say {{#start.name#}}' },
        options: { type: 'constant', value: { who: '{{#start.name#}}', n: 1.5 } },
        unknown: { type: 'constant', value: 'x' },
      },
      data: { memory: { window: { enabled: true, size: 4 } } },
      variables: { 'start.name': 'Ann' },
    })
    expect(request).toEqual({
      provider: 'p',
      strategy: 'react',
      parameters: { query: 'say Ann', options: { who: 'Ann', n: 1.5 }, unknown: null },
      memory: { messageLimit: 4 },
    })
  })

  it('of tools: the enabled ones, fixed values or null for the model, plain settings', async () => {
    const tool = {
      enabled: true,
      tool_name: 't',
      schemas: [1],
      credential_id: 'c',
      parameters: {
        model: { auto: 1, value: null },
        silent: { value: { type: 'constant', value: 1 } },
        fixed: { auto: 0, value: { type: 'constant', value: 'x' } },
        read: { auto: 0, value: { type: 'variable', value: ['start', 'n'] } },
      },
      settings: { a: { value: 5 } },
    }
    const { request } = await work({
      parameters: { tools: { type: 'constant', value: [tool, { ...tool, enabled: false }] } },
      variables: { 'start.n': 7 },
    })
    expect(request?.parameters).toEqual({
      tools: [
        {
          enabled: true,
          tool_name: 't',
          credential_id: 'c',
          parameters: { model: null, silent: null, fixed: 'x', read: 7 },
          settings: { a: 5 },
        },
      ],
    })
  })

  it('fail the node, without an error type, where a variable is missing', async () => {
    const { outcome } = await work({ parameters: { query: { type: 'variable', value: ['no', 'where'] } } })
    expect(outcome).toMatchObject({ status: 'failed', errorType: '', error: expect.stringContaining('no.where') })
  })
})

it('2.20 agent: gives text, JSON with its log first, and tells the log as it grows', async () => {
  const done: AgentLog = { ...log, status: 'success' }
  const { outcome, chunks } = await work({
    parameters: {},
    messages: [
      { type: 'log', log },
      { type: 'text', text: 'hi' },
      { type: 'log', log: done },
      { type: 'json', json: { a: 1 } },
    ],
  })
  const entry = { id: 'l1', parent_id: null, label: 'Round 1', status: 'success', error: null, data: { n: 1 }, metadata: {} }
  expect(outcome).toMatchObject({
    status: 'succeeded',
    outputs: { text: 'hi', files: new Variable([], 'array[file]'), json: [entry, { a: 1 }] },
    metadata: { tool_info: { icon: 'robot', agent_strategy: 'react' }, agent_log: [entry] },
  })
  expect(chunks).toEqual([
    { type: 'agent-log', log },
    { type: 'text-delta', name: 'text', text: 'hi' },
    { type: 'agent-log', log: done },
    { type: 'text-end', name: 'text' },
  ])
})

it('2.20 agent: fails with the words of whoever has the strategies', async () => {
  const { outcome } = await work({ parameters: {}, error: new AppError('bad_request', { message: 'Install it.' }) })
  expect(outcome).toMatchObject({ status: 'failed', error: 'The agent could not work: Install it.', errorType: '' })
})
