import { describe, expect, it } from 'vitest'
import { parseQuestions, toHistoryText, toSuggestionPrompt } from './suggested-questions.ts'

describe('questions in a reply', () => {
  it.each([
    ['["one?", "two?"]', ['one?', 'two?']],
    ['Sure [as asked]:\n```json\n["一？",\n"二？"]\n```', ['一？', '二？']],
    ['{"questions": ["in an object?"]}', ['in an object?']],
    ['["with [brackets]?"]', ['with [brackets]?']],
    ['["text", 5, null, ["deep"], "  "]', ['text']],
    ['[] then ["later?"]', ['later?']],
    ['["cut off', []],
    ['no list', []],
    ['[1, 2]', []],
    ['', []],
  ])('are read from %j', (reply, questions) => {
    expect(parseQuestions(reply)).toEqual(questions)
  })

  it('are not looked for without end', () => {
    expect(parseQuestions('[]'.repeat(100_000))).toEqual([])
  })
})

describe('the history', () => {
  const countTokens = async (text: string): Promise<number> => text.length
  const turns = [3, 2, 1, 0].map((number) => ({ query: `q${number}`, answer: `a${number}` }))

  it('is the last three turns, oldest first', async () => {
    const text = await toHistoryText(turns, { maxMessages: 3, maxTokens: 1000, countTokens })
    expect(text).toBe('Human: q1\nAssistant: a1\nHuman: q2\nAssistant: a2\nHuman: q3\nAssistant: a3')
  })

  it('loses its oldest lines where it has too many tokens, but not its last', async () => {
    expect(await toHistoryText(turns, { maxMessages: 3, maxTokens: 40, countTokens })).toBe(
      'Human: q2\nAssistant: a2\nHuman: q3\nAssistant: a3'.slice(10),
    )
    expect(await toHistoryText(turns, { maxMessages: 3, maxTokens: 1, countTokens })).toBe('Assistant: a3')
  })

  it('leaves out what the model thought', async () => {
    const thoughtful = [{ query: 'q', answer: '<think>\nhm\n</think>\n\nyes' }]
    expect(await toHistoryText(thoughtful, { maxMessages: 3, maxTokens: 1000, countTokens })).toBe('Human: q\nAssistant: yes')
  })
})

it('asks in the words of the author of the app, where there are any', () => {
  expect(toSuggestionPrompt('Human: hi', ' Ask about cheese. ')).toContain('\nAsk about cheese.\n')
  expect(toSuggestionPrompt('Human: hi', ' ')).toContain('three questions')
})
