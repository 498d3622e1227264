import { expect, it } from 'vitest'
import { readReturnAddress } from './return-address.ts'

it('leads back to pages of ours', () => {
  for (const redirect of ['/', '/apps', '/app/1/logs?status=failed#last', '/a//b', '/.//b'])
    expect(readReturnAddress({ redirect })).toEqual({ redirect })
})

it('open redirect: leads nowhere else, however the address is written', () => {
  for (const redirect of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\\evil.example',
    ' //evil.example',
    'javascript:alert(1)',
    '//',
    'evil.example',
    '',
    7,
    ['/apps'],
  ])
    expect(readReturnAddress({ redirect })).toEqual({})
})
