import { expect, it } from 'vitest'
import { formatWait } from './format-wait.ts'

it.each([
  ['en-US', 1, '1 minute'],
  ['en-US', 61, '2 minutes'],
  ['en-US', 3600, '1 hour'],
  ['en-US', 3601, '2 hours'],
  ['en-US', 86_400, '24 hours'],
  ['zh-Hans', 86_400, '24 小时'],
])('words a wait in %s: %d s is %s', (language, seconds, text) => {
  expect(formatWait(language, seconds)).toBe(text)
})
