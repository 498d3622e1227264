import { describe, expect, it } from 'vitest'
import { checkDocument } from './check-document.ts'

const files: Readonly<Record<string, string>> = {
  'docs/other.md': '# Other\n\n## A part, with `code`\n',
  'apps/server/src/http/server.ts': '',
}
const folders = ['apps', 'apps/server', 'apps/server/src', 'apps/server/src/http', 'docs']

function faultsOf(text: string, isRecord = false): string[] {
  const all = { ...files, 'docs/page.md': text }
  return checkDocument(
    'docs/page.md',
    {
      exists: (path) => path in all || folders.includes(path.replace(/\/$/, '')),
      read: (path) => all[path as keyof typeof all],
      scripts: new Set(['check']),
    },
    { isRecord },
  )
}

describe('links', () => {
  it('follows those within the repository and leaves the others', () => {
    expect(faultsOf('[a](other.md) [b](other.md#a-part-with-code) [c](#here) [d](https://example.com/x)\n\n## Here\n')).toEqual([])
  })

  it('reports a file and a heading that are not there', () => {
    expect(faultsOf('[a](gone.md) [b](other.md#gone)')).toEqual([
      'links to gone.md, which is not there',
      'links to other.md#gone, but docs/other.md has no such heading',
    ])
  })

  it('takes an example in code for no link', () => {
    expect(faultsOf('`[a](gone.md)`\n\n```md\n[b](gone.md)\n```\n')).toEqual([])
  })
})

describe('paths', () => {
  it('finds those named in full and in short', () => {
    expect(faultsOf('`apps/server/src/http/server.ts`, `http/server.ts`, `apps/server/`')).toEqual([])
  })

  it('reports one that is not there, but in a record of its day', () => {
    expect(faultsOf('`http/gone.ts`')).toEqual(['names http/gone.ts, which is not there'])
    expect(faultsOf('`http/gone.ts`', true)).toEqual([])
  })

  it('leaves what is no path of ours', () => {
    expect(faultsOf('`text/plain`, `/v1/messages`, `./docs/x`, `apps/*/x.ts`, `a / b`')).toEqual([])
  })

  it('lets examples be invented, as long as they are', () => {
    expect(faultsOf('<!-- invented: http/acme.ts -->\n`http/acme.ts`')).toEqual([])
    expect(faultsOf('<!-- invented: docs/other.md -->')).toEqual(['calls docs/other.md invented, but it is there'])
  })
})

describe('commands', () => {
  it('knows the scripts, in examples too', () => {
    expect(faultsOf('`npm run check` and\n\n```sh\nnpm run gone\n```\n')).toEqual(['tells to run `npm run gone`, which is no script'])
  })
})
