import type { CatalogModel, ModelCall } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { worstCaseOf, worstCaseOfRecording, worstCaseOfTexts } from './worst-case.ts'

const entry: CatalogModel = {
  model: 'm',
  label: { en_US: 'M' },
  type: 'llm',
  features: [],
  contextSize: 8_000,
  maxOutputTokens: 2_000,
  parameterRules: [],
}
const call = (more: Partial<ModelCall> = {}): ModelCall => ({ messages: [{ role: 'user', content: 'Hello' }], parameters: {}, ...more })

describe('the worst case of a call', () => {
  it('is its prompt with a margin, and the longest answer that the model gives', async () => {
    expect(await worstCaseOf(entry, call())).toEqual({ promptTokens: 18, completionTokens: 2_000 })
  })

  it.each([
    ['the limit that was asked for', { max_tokens: 50 }, entry, 50],
    ['the limit by the name that the model has for it', { max_output_tokens: 70 }, entry, 70],
    ['the window of a model that tells no ceiling', {}, { ...entry, maxOutputTokens: undefined }, 8_000],
    ['a long answer where nothing is known', {}, { ...entry, maxOutputTokens: undefined, contextSize: undefined }, 32_768],
  ])('allows for %s', async (_title, parameters, { maxOutputTokens, contextSize, ...model }, completionTokens) => {
    const known = { ...model, ...(maxOutputTokens ? { maxOutputTokens } : {}), ...(contextSize ? { contextSize } : {}) }
    expect(await worstCaseOf(known, call({ parameters }))).toMatchObject({ completionTokens })
  })

  it('counts tools, pictures and recordings, and no more than the model takes', async () => {
    const tools = [{ name: 'look', description: 'Looks something up', parameters: { type: 'object' } }]
    const withTools = await worstCaseOf(entry, call({ tools }))
    expect(withTools.promptTokens).toBeGreaterThan(30)
    const picture = { type: 'image', mimeType: 'image/png', url: 'https://example.com/a.png' } as const
    expect((await worstCaseOf(entry, call({ messages: [{ role: 'user', content: [picture] }] }))).promptTokens).toBeGreaterThan(4_000)
    const sound = { type: 'audio', mimeType: 'audio/wav', base64: 'A'.repeat(90_000) } as const
    expect((await worstCaseOf(entry, call({ messages: [{ role: 'user', content: [sound] }] }))).promptTokens).toBe(8_000)
  })

  it('of a recording is that of one that hardly carries speech, and no more than the model takes', () => {
    expect(worstCaseOfRecording(entry, 60_001)).toEqual({ promptTokens: 610, completionTokens: 488, soundSeconds: 61 })
    expect(worstCaseOfRecording(entry, 9_000_000)).toMatchObject({ promptTokens: 8_000, completionTokens: 2_000 })
  })

  it('of texts alone has no answer', async () => {
    expect(await worstCaseOfTexts(['Hello', 'Hello'])).toEqual({ promptTokens: 20, completionTokens: 0 })
  })
})
