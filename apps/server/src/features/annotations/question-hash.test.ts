import { expect, it } from 'vitest'
import { hashQuestion } from './question-hash.ts'

it.each([
  ['case', 'What is Trellis', 'WHAT IS TRELLIS'],
  ['width', 'Ｈｅｌｌｏ', 'hello'],
  ['spaces', ' what   is\n it ', 'what is it'],
  ['last marks', '你好？', '你好'],
  ['composed letters', 'Cafe\u0301', 'café'],
])('does not look at %s', (_what, left, right) => {
  expect(hashQuestion(left)).toBe(hashQuestion(right))
})

it.each([
  ['words', 'open it', 'close it'],
  ['marks inside', 'a.b', 'ab'],
  ['questions of marks alone', '???', '!!!'],
])('tells %s apart', (_what, left, right) => {
  expect(hashQuestion(left)).not.toBe(hashQuestion(right))
})

it('takes little time for a question of many marks', () => {
  const marks = '?'.repeat(200_000)
  expect(hashQuestion(`${marks}x${marks}`)).toBe(hashQuestion(`${marks}x`))
})
