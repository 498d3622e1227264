import { describe, expect, it } from 'vitest'
import { EmbedFault, readEmbedConfig } from './embed-config.ts'
import { frameAddress } from './frame-address.ts'
import { readLook } from './frame-messages.ts'

const SCRIPT = 'https://apps.example.com/trellis/embed.min.js'

describe('what a page says of its bubble', () => {
  it('is its token; all else has a default', () => {
    expect(readEmbedConfig({ token: 'abc' }, SCRIPT)).toEqual({
      token: 'abc',
      baseUrl: 'https://apps.example.com/trellis',
      inputs: {},
      systemVariables: {},
      userVariables: {},
      isDraggable: false,
      dragAxis: 'both',
      containerProps: {},
      isDynamic: false,
    })
  })

  it('may name another place, and be dragged', () => {
    const config = { token: 'abc', isDev: true, baseUrl: 'http://localhost:5001/', draggable: true, dragAxis: 'x', dynamicScript: true }
    expect(readEmbedConfig(config, SCRIPT)).toMatchObject({
      baseUrl: 'http://localhost:5001',
      isDraggable: true,
      dragAxis: 'x',
      isDynamic: true,
    })
  })

  it.each([
    undefined,
    null,
    'abc',
    {},
    { token: '' },
    { token: '../console' },
    { token: 'abc', baseUrl: 'javascript:alert(1)' },
    { token: 'abc', baseUrl: 'apps.example.com' },
  ])('is refused in words where it names no app: %j', (given) => {
    expect(() => readEmbedConfig(given, SCRIPT)).toThrow(EmbedFault)
  })
})

describe('the address of the frame', () => {
  it('passes in what the page says, each by its prefix', async () => {
    const config = readEmbedConfig(
      { token: 'abc', inputs: { name: 'Ada', tags: [1], none: null }, systemVariables: { user_id: 'u 1' } },
      SCRIPT,
    )
    const address = new URL(await frameAddress({ ...config, userVariables: { name: '+&=' } }))
    expect(address.origin + address.pathname).toBe('https://apps.example.com/trellis/chatbot/abc')
    expect([...address.searchParams.keys()]).toEqual(['name', 'tags', 'sys.user_id', 'user.name'])
    for (const value of address.searchParams.values()) expect(value).toMatch(/^H4sI/)
  })

  it('has no query where nothing is passed in', async () => {
    expect(await frameAddress(readEmbedConfig({ token: 'abc' }, SCRIPT))).toBe('https://apps.example.com/trellis/chatbot/abc')
  })
})

it('a look is taken for what it is, and nothing else', () => {
  expect(readLook({ title: 'Guide', language: 'zh-Hans', color: '#1d7a58', ink: 'red;}', script: 'x' })).toEqual({
    title: 'Guide',
    language: 'zh-Hans',
    color: '#1d7a58',
  })
  expect(readLook(undefined)).toEqual({})
  expect(readLook({ title: 7, constructor: 'x' })).toEqual({})
})
