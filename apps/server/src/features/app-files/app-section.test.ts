import { expect, it } from 'vitest'
import { AppFileError } from './app-file.ts'
import { readAppSection } from './app-section.ts'

const section = (change: object) => readAppSection({ mode: 'workflow', name: 'Flow', ...change })

it.each([
  ['name', 255],
  ['icon', 255],
  ['icon_background', 64],
])('takes what the column of "%s" takes, and says what is too long', (key, most) => {
  expect(section({ [key]: 'x'.repeat(most) })).toMatchObject({ [key]: 'x'.repeat(most) })
  const tooLong = () => section({ [key]: 'x'.repeat(most + 1) })
  expect(tooLong).toThrow(AppFileError)
  expect(tooLong).toThrow(new RegExp(`"${key}" .*${most + 1} characters; at most ${most}`))
})
