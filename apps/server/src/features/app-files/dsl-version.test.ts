import { expect, it } from 'vitest'
import { compareVersion } from './dsl-version.ts'

it.each([
  ['0.6.0', 'completed'],
  ['0.6', 'completed'],
  ['0.5.0', 'completed-with-warnings'],
  ['0.1.0', 'completed-with-warnings'],
  ['0.6.1', 'pending'],
  ['0.7.0', 'pending'],
  ['1.0', 'pending'],
  ['0.6.0rc1', 'completed'],
  ['0.6.0-rc.1', 'completed'],
  ['0.6.0.post1.dev2+local', 'completed'],
  ['newest', 'failed'],
  [`0.6${'a-'.repeat(1000)}!`, 'failed'],
])('a file of version %s is %s', (version, status) => {
  expect(compareVersion(version)).toBe(status)
})

it('of an older major version waits', () => {
  expect(compareVersion('0.9.0', '1.0.0')).toBe('pending')
})
