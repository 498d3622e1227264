import { expect, it } from 'vitest'
import { toThemeColors } from './theme-color.ts'

it('keeps a colour that can be read, and moves one that cannot', () => {
  expect(toThemeColors('#1d4ed8', 'light')).toMatchObject({ accent: '#1d4ed8', ink: '#ffffff' })
  expect(toThemeColors('#ff0', 'light')?.accent).not.toBe('#ffff00')
  expect(toThemeColors('#ff0', 'dark')).toMatchObject({ accent: '#ffff00', ink: '#000000' })
  expect(toThemeColors('#000', 'dark')?.accent).not.toBe('#000000')
})

it('takes nothing else for a colour', () => {
  for (const text of ['', 'red', '#12', '#12345g', 'url(x)']) expect(toThemeColors(text, 'light')).toBeUndefined()
})
