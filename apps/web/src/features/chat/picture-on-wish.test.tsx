import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { MarkdownContent } from './MarkdownContent.tsx'
import { foreignHostOf, OwnPicturesOnly } from './picture-on-wish.ts'
import { TurnFiles } from './TurnFiles.tsx'

const OWN = { origin: 'https://trellis.example.com', filesUrl: null }

it.each([
  ['https://stranger.example.com/x.png?secret', 'stranger.example.com'],
  ['//stranger.example.com:8080/x.png', 'stranger.example.com:8080'],
  ['http://trellis.example.com/x.png', 'trellis.example.com'],
  ['https://trellis.example.com@stranger.example.com/x.png', 'stranger.example.com'],
  ['\\\\stranger.example.com\\x.png', 'stranger.example.com'],
  ['https://trellis.example.com/files/x.png', undefined],
  ['/files/x.png', undefined],
  ['data:image/png;base64,AAAA', undefined],
  ['http://', undefined],
])('the picture at %j is asked of %j', (address, host) => {
  expect(foreignHostOf(address, OWN)).toBe(host)
})

it.each([
  ['https://cdn.example.com/trellis/files/1/file-preview?sign=x', undefined],
  ['https://trellis.example.com/files/x.png', undefined],
  ['https://cdn.example.com/trellis/files/../../x.png', 'cdn.example.com'],
  ['https://cdn.example.com/trellis/files/%2e%2e/%2E%2E/x.png', 'cdn.example.com'],
  ['https://cdn.example.com/x.png', 'cdn.example.com'],
  ['https://cdn.example.com/trellis/filesx/x.png', 'cdn.example.com'],
  ['https://cdn.example.com:8443/trellis/files/x.png', 'cdn.example.com:8443'],
  ['https://cdn.example.com@stranger.example.com/trellis/files/x.png', 'stranger.example.com'],
  ['http://cdn.example.com/trellis/files/x.png', 'cdn.example.com'],
])('where files have a host of their own, the picture at %j is asked of %j', (address, host) => {
  for (const filesUrl of ['https://cdn.example.com/trellis', 'https://CDN.example.com:443/trellis']) {
    expect(foreignHostOf(address, { ...OWN, filesUrl })).toBe(host)
  }
})

describe('where strangers had a hand in', () => {
  const read = (text: string) =>
    renderToStaticMarkup(
      <OwnPicturesOnly value={OWN}>
        <MarkdownContent text={text} />
      </OwnPicturesOnly>,
    )

  it('a picture of another server is a button that names it, also within a link', () => {
    for (const text of ['![a key](https://stranger.example.com/x.png?sk-1)', '[![a key](//stranger.example.com/x.png?sk-1)](/y)']) {
      const html = read(text)
      expect(html).not.toContain('<img')
      expect(html).not.toContain('sk-1')
      expect(html).toContain('<button')
      expect(html).toContain('a key')
    }
  })

  it('our own pictures are there', () => {
    expect(read('![x](/files/x.png)')).toContain('<img')
  })

  it('attached pictures of another server wait, too', () => {
    const file = { id: '1', name: 'x.png', type: 'image', uploadId: null } as const
    const files = [
      { ...file, url: 'https://stranger.example.com/x.png' },
      { ...file, id: '2', url: '/files/x.png' },
    ]
    const html = renderToStaticMarkup(
      <OwnPicturesOnly value={OWN}>
        <TurnFiles files={files} />
      </OwnPicturesOnly>,
    )
    expect(html.match(/<img/g)).toHaveLength(1)
    expect(html).not.toContain('stranger.example.com/x.png')
  })
})

it('elsewhere pictures are loaded', () => {
  expect(renderToStaticMarkup(<MarkdownContent text="![x](https://stranger.example.com/x.png)" />)).toContain('<img')
})
