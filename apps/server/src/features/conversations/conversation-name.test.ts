import { describe, expect, it } from 'vitest'
import { fallbackName, parseName, toNamingPrompt } from './conversation-name.ts'

describe('the prompt for a name', () => {
  it('holds the message', () => {
    expect(toNamingPrompt('怎么做饺子？')).toContain('<message>\n怎么做饺子？\n</message>')
  })

  it('holds both ends of a message over 2000 characters', () => {
    const prompt = toNamingPrompt(`${'a'.repeat(300)}${'x'.repeat(1401)}${'漢'.repeat(300)}`)
    expect(prompt).toContain(`\n${'a'.repeat(300)}…${'漢'.repeat(300)}\n`)
    expect(prompt).not.toContain('xx')
    expect(toNamingPrompt('y'.repeat(2000))).toContain('y'.repeat(2000))
  })
})

describe('a name in a reply', () => {
  it.each([
    ['{"name": "Dumplings"}', 'Dumplings'],
    ['Here it is:\n```json\n{ "name": "Dumplings" }\n```', 'Dumplings'],
    ['{"language": "zh", "name": "包饺子"}', '包饺子'],
    ['{"name": "Cut off", "reason": "because', 'Cut off'],
    ['{"name": "Say \\"hi\\""} and {more}', 'Say "hi"'],
    ['{"name": " two\\nlines "}', 'two lines'],
  ])('is read from %j', (reply, name) => {
    expect(parseName(reply)).toBe(name)
  })

  it.each(['', 'Dumplings', '{}', '{"name": 5}', '{"name": "  "}', '{"title": "Dumplings"}', '["name"]', '{"name": "\\x"}'])(
    'is missing in %j',
    (reply) => {
      expect(parseName(reply)).toBeUndefined()
    },
  )

  it('is cut after 75 characters', () => {
    expect(parseName(JSON.stringify({ name: '😀'.repeat(75) }))).toBe('😀'.repeat(75))
    expect(parseName(JSON.stringify({ name: '😀'.repeat(76) }))).toBe(`${'😀'.repeat(75)}...`)
  })
})

it('falls back to the message, cut after 47 of more than 50 characters', () => {
  expect(fallbackName('饺'.repeat(50))).toBe('饺'.repeat(50))
  expect(fallbackName('饺'.repeat(51))).toBe(`${'饺'.repeat(47)}...`)
  expect(fallbackName('\n How  are\nyou? ')).toBe('How are you?')
})
