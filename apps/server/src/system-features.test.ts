import { loadConfig } from '@trellis/config'
import { expect, it } from 'vitest'
import { systemFeaturesOf } from './system-features.ts'

function filesUrlOf(env: Readonly<Record<string, string>>) {
  const loaded = loadConfig({ env, cwd: '/srv' })
  if (!loaded.ok) throw new Error('the test gives a configuration that is not right')
  return systemFeaturesOf(loaded.config).files_url
}

it('tells the console where files lie that have a host of their own', () => {
  expect(filesUrlOf({})).toBeNull()
  expect(filesUrlOf({ FILES_URL: 'https://cdn.example.com/' })).toBe('https://cdn.example.com')
  expect(filesUrlOf({ CONSOLE_API_URL: 'https://api.example.com' })).toBe('https://api.example.com')
})
