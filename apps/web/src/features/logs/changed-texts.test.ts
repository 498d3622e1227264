import { expect, it } from 'vitest'
import { changedTexts } from './changed-texts.ts'

it('tells nothing of a question that went on as it was asked', () => {
  expect(changedTexts({ asked: null, query: 'Hello', inputs: { tone: 'mild' } })).toEqual([])
})

it('tells what was asked and what was sent, of that alone which differs', () => {
  const asked = { query: 'my card is 4111', inputs: { tone: 'mild', name: 'Ada', age: 36 } }
  expect(changedTexts({ asked, query: 'my card is ***', inputs: { tone: 'mild', name: '', age: 36 } })).toEqual([
    { input: undefined, asked: 'my card is 4111', sent: 'my card is ***' },
    { input: 'name', asked: 'Ada', sent: '' },
  ])
})
