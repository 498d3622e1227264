import type { RunEvent } from '@trellis/contracts'
import { float } from '@trellis/values'
import { Variable } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { createSecretMask } from './secret-mask.ts'

const named = (value: string, type: 'secret' | 'string' = 'secret') => ({ variable: new Variable(value, type) })
const key = 'sk-0123456789-end'
const shown = 'sk-012************nd'
const ended: RunEvent = {
  type: 'node-end',
  executionId: 'e1',
  nodeId: 'think',
  nodeType: 'llm',
  title: 'Think',
  index: 1,
  predecessorId: null,
  status: 'succeeded',
  inputs: { question: `Why ${key}?`, ratio: float(1) },
  processData: { prompts: [{ role: 'user', text: `${key}, ${key}` }] },
  outputs: { text: key },
  startedAtMs: 1,
  atMs: 2,
}

describe('secrets in records of nodes (1.6)', () => {
  it('are hidden wherever they stand in inputs and process data; outputs stay', () => {
    expect(createSecretMask([named(key)])?.(ended)).toEqual({
      ...ended,
      inputs: { question: `Why ${shown}?`, ratio: float(1) },
      processData: { prompts: [{ role: 'user', text: `${shown}, ${shown}` }] },
    })
  })

  it('are hidden in what failures and agents tell', () => {
    const mask = createSecretMask([named(key)])
    const failed = { ...ended, status: 'failed', error: `https://api.test/?key=${key} did not answer.` } as const
    expect(mask?.(failed)).toMatchObject({ error: `https://api.test/?key=${shown} did not answer.` })
    const { executionId, nodeId, nodeType, title } = ended
    const log = { id: 'l1', parentId: null, label: 'Call', status: 'error', error: `${key} is wrong`, data: { key }, metadata: {} } as const
    expect(mask?.({ type: 'agent-log', executionId, nodeId, nodeType, title, log })).toMatchObject({
      log: { error: `${shown} is wrong`, data: { key: shown } },
    })
  })

  it('are hidden whole where one is part of another, whatever signs they hold', () => {
    const mask = createSecretMask([named('0123456789'), named(key), named('$&$1')])
    expect(mask?.({ ...ended, inputs: { a: key, b: '$&$1' }, processData: {} })).toMatchObject({ inputs: { a: shown, b: '*'.repeat(20) } })
  })

  it('are those of secret variables only, and none that are too short to be told from other text', () => {
    expect(createSecretMask([named(key, 'string'), named('abc'), named('')])).toBeUndefined()
  })
})
