import { describe, expect, it } from 'vitest'
import { isDemo } from './model-choices.ts'

describe('the demo provider', () => {
  it.each([
    ['trellis/demo/demo', true],
    ['demo', true],
    ['acme/demo/demo', false],
    ['langgenius/openai/openai', false],
    ['', false],
  ])('is it %s: %s', (provider, expected) => {
    expect(isDemo(provider)).toBe(expected)
  })
})
