import { describe, expect, it } from 'vitest'
import type { AppNeeds } from '../../../api/workflows-api.ts'
import { firstBindings, missingThings, modelKey, unreadyModels } from './needs.ts'

const nodes = [{ id: 'n1', title: 'Write' }]
const needs: AppNeeds = {
  models: [
    { provider: 'openai', model: 'gpt-4', status: 'no-credentials', nodes },
    { provider: 'demo', model: 'demo-chat', status: 'ready', nodes },
  ],
  tools: [
    { provider: 'time', provider_type: 'builtin', tool: 'current_time', status: 'unknown', nodes },
    { provider: 'sum', provider_type: 'builtin', tool: 'add', status: 'ready', nodes },
  ],
  agent_strategies: [],
  knowledge: [{ dataset_id: 'd1', nodes: [{ id: 'n2', title: '' }] }],
  unknown_nodes: [{ id: 'n3', title: 'New', type: 'hologram' }],
  leaked_dependencies: [
    { type: 'marketplace', value: { marketplace_plugin_unique_identifier: 'langgenius/openai:0.0.1@abc' }, current_identifier: null },
  ],
  default_model: { provider: 'demo', model: 'demo-chat' },
}

describe('what an imported app needs', () => {
  it('is told by kind, with the nodes that need it', () => {
    expect(missingThings(needs)).toEqual([
      { kind: 'plugin', name: 'langgenius/openai:0.0.1', nodes: [] },
      { kind: 'tool', name: 'time / current_time', nodes: ['Write'] },
      { kind: 'knowledge', name: 'd1', nodes: ['n2'] },
      { kind: 'node', name: 'hologram', nodes: ['New'] },
    ])
  })

  it('offers the default model for those that are not ready', () => {
    expect(unreadyModels(needs).map(({ model }) => model)).toEqual(['gpt-4'])
    expect([...firstBindings(needs)]).toEqual([
      [modelKey({ provider: 'openai', model: 'gpt-4' }), { provider: 'demo', model: 'demo-chat' }],
    ])
    expect(firstBindings({ ...needs, default_model: null }).size).toBe(0)
  })
})
