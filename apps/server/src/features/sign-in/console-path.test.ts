import { describe, expect, it } from 'vitest'
import { readConsolePath } from './console-path.ts'

describe('a path to go on to', () => {
  it.each([
    ['/apps', '/apps'],
    ['/app/1/logs?range=7#top', '/app/1/logs?range=7#top'],
    ['/apps?next=https://evil.example', '/apps?next=https://evil.example'],
    ['/a/../settings', '/settings'],
  ])('is one of the console: %j', (given, expected) => {
    expect(readConsolePath(given)).toBe(expected)
  })

  it.each([
    undefined,
    '',
    'apps',
    'https://evil.example/',
    'javascript:alert(1)',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    '/apps\\..\\..',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    '/%2e%2e//evil.example',
  ])('is none that leads elsewhere: %j', (given) => {
    expect(readConsolePath(given)).toBeUndefined()
  })
})
