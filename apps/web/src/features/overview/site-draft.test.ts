import { expect, it } from 'vitest'
import { findFaults, isSameSite, type SiteDraft, toPickerColor } from './site-draft.ts'

const draft: SiteDraft = {
  title: 'Guide',
  icon: { type: 'image', icon: 'a-picture', url: 'https://files.test/a-picture?sign=1' },
  description: '',
  default_language: 'en-US',
  access_mode: 'public',
  chat_color_theme: '',
  chat_color_theme_inverted: false,
  show_workflow_steps: true,
  use_icon_as_answer_icon: false,
  input_placeholder: '',
  copyright: '',
  privacy_policy: '',
  custom_disclaimer: '',
}

it('sees no change in an address that was signed anew', () => {
  expect(isSameSite(draft, { ...draft, icon: { ...draft.icon, url: 'https://files.test/a-picture?sign=2' } })).toBe(true)
  expect(isSameSite(draft, { ...draft, access_mode: 'private_all' })).toBe(false)
})

it('names what cannot be saved', () => {
  expect([...findFaults(draft)]).toEqual([])
  expect([...findFaults({ ...draft, title: ' ', chat_color_theme: 'red', privacy_policy: 'javascript:alert(1)' })]).toEqual([
    'nameMissing',
    'colorInvalid',
    'privacyInvalid',
  ])
})

it('writes colours as the browser’s field wants them', () => {
  expect([' #1AF ', '1d4ed8', 'blue', ''].map(toPickerColor)).toEqual(['#11aaff', '#1d4ed8', undefined, undefined])
})
