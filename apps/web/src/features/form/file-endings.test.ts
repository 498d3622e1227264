import { expect, it } from 'vitest'
import { endsInOneOf } from './file-endings.ts'

it.each([
  ['weather.yml', true],
  ['Weather.YAML', true],
  ['weather.yml.zip', false],
  ['yml', false],
  ['', false],
])('takes a file by the end of its name: “%s”', (name, isTaken) => {
  expect(endsInOneOf(name, ['.yml', '.yaml'])).toBe(isTaken)
})
