import { describe, expect, it } from 'vitest'
import { findTagged, readCode, readObject, readTagged } from './read-answer.ts'

describe('a tagged text', () => {
  it.each([
    ['Sure!\n<out>You are a guide.</out>\nAnything else?', 'You are a guide.'],
    ['<out>\n```markdown\nYou are a guide.\n```\n</out>', 'You are a guide.'],
    ['<out>Show this:\n```\ncode\n```\nand stop.</out>', 'Show this:\n```\ncode\n```\nand stop.'],
    ['<out>cut off in the mid', 'cut off in the mid'],
    ['Here is your prompt:\n\n```text\nYou are a guide.\n```\nEnjoy!', 'You are a guide.'],
    ['```\nYou are a guide.\n```', 'You are a guide.'],
    ['You are a guide:\nspeak of engines.', 'You are a guide:\nspeak of engines.'],
    ['', ''],
  ])('is read from %j', (answer, text) => {
    expect(readTagged(answer, 'out')).toBe(text)
  })

  it('is not made up where it may be absent', () => {
    expect(findTagged('<out>text</out>', 'other')).toBeUndefined()
  })
})

describe('code', () => {
  it.each([
    ['Here:\n```python\ndef main():\n    return {}\n```\nDone.', 'def main():\n    return {}'],
    ['function main() {}', 'function main() {}'],
    ['```js\nfunction main() {}', 'function main() {}'],
  ])('is read from %j', (answer, code) => {
    expect(readCode(answer)).toBe(code)
  })
})

describe('a JSON object', () => {
  it.each([
    ['```json\n{"type": "object"}\n```', { type: 'object' }],
    ['The schema is {"type": "object"}, as asked.', { type: 'object' }],
    ['[1, 2]', undefined],
    ['} nothing {', undefined],
    ['', undefined],
  ])('is read from %j', (answer, value) => {
    expect(readObject(answer)).toEqual(value)
  })
})
