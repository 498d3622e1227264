import { expect, it } from 'vitest'
import { createPathRewriter } from './base-path.ts'

it('takes the longest base off, whole parts only', () => {
  const rewrite = createPathRewriter({ all: '/trellis', console: '/trellis/console-of-ours', published: '' })
  const rest = (url: string): string => rewrite({ url })
  expect(rest('/trellis/v1/info?a=/trellis')).toBe('/v1/info?a=/trellis')
  expect(rest('/trellis/console-of-ours/apps')).toBe('/apps')
  expect([rest('/trellis'), rest('/trellis/'), rest('/trellis?a=b')]).toEqual(['/', '/', '/?a=b'])
  expect([rest('/trellises/x'), rest('/v1/info'), rest('/')]).toEqual(['/trellises/x', '/v1/info', '/'])
})
