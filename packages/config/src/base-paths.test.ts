import { expect, it } from 'vitest'
import { configOf, faultsOf } from './testing/load-env.ts'

const pathsOf = (env: Record<string, string>) => configOf(env).urls.basePaths

it('there is no base path where none is given', () => {
  expect(pathsOf({})).toEqual({ all: '', console: '', published: '' })
  expect(pathsOf({ CONSOLE_WEB_URL: 'https://example.org/', NEXT_PUBLIC_BASE_PATH: '/' })).toEqual({ all: '', console: '', published: '' })
})

it('a base path is given by itself, or with the address of the console', () => {
  expect(pathsOf({ NEXT_PUBLIC_BASE_PATH: '/team/trellis/' })).toEqual({
    all: '/team/trellis',
    console: '/team/trellis',
    published: '/team/trellis',
  })
  expect(pathsOf({ CONSOLE_WEB_URL: 'https://example.org/trellis', APP_WEB_URL: 'https://pages.example.org' })).toEqual({
    all: '/trellis',
    console: '/trellis',
    published: '',
  })
})

it('what would lead astray is refused', () => {
  const refused = (env: Record<string, string>) => faultsOf(env).map(({ variable }) => variable)
  expect(refused({ NEXT_PUBLIC_BASE_PATH: 'trellis' })).toEqual(['NEXT_PUBLIC_BASE_PATH'])
  expect(refused({ NEXT_PUBLIC_BASE_PATH: '/v1/trellis' })).toEqual(['NEXT_PUBLIC_BASE_PATH'])
  expect(refused({ APP_WEB_URL: 'https://example.org/chat' })).toEqual(['APP_WEB_URL'])
  expect(refused({ NEXT_PUBLIC_BASE_PATH: '/a', CONSOLE_WEB_URL: 'https://example.org/b' })).toEqual(['CONSOLE_WEB_URL'])
})
