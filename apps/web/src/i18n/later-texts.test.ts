import { expect, it } from 'vitest'
import { loadLaterTexts, reloadLaterTexts } from './later-texts.ts'

it('brings in another language what pages and dialogs have brought so far', async () => {
  await loadLaterTexts('keys', async (language) => ({ keys: { title: `keys in ${language}` } }), 'en-US')
  await expect(loadLaterTexts('gone', () => Promise.reject(new Error('an older release')), 'en-US')).rejects.toThrow()
  expect(await reloadLaterTexts('zh-Hans')).toContainEqual({ keys: { title: 'keys in zh-Hans' } })
})
