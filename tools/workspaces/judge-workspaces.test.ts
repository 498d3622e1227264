import { describe, expect, it } from 'vitest'
import { judgeWorkspaces } from './judge-workspaces.ts'

const aManifest = (name: string, dependencies: Record<string, string>) => ({ name, private: true, dependencies })

describe('judgeWorkspaces', () => {
  it('accepts exact versions, aliases, and our own packages by star', () => {
    const dependencies = { zod: '4.6.7', 'typescript-native': 'npm:typescript@7.0.2', '@trellis/kit': '*' }
    expect(judgeWorkspaces([aManifest('@trellis/db', dependencies)])).toEqual([])
  })

  it('refuses ranges', () => {
    expect(judgeWorkspaces([aManifest('@trellis/db', { zod: '^4.6.7' })])).toEqual([
      '@trellis/db asks for zod "^4.6.7"; write an exact version',
    ])
  })

  it('refuses two versions of one package', () => {
    const faults = judgeWorkspaces([aManifest('@trellis/db', { zod: '4.6.7' }), aManifest('@trellis/kit', { zod: '4.6.6' })])
    expect(faults).toEqual(['zod is asked for in several versions: 4.6.7 by @trellis/db, 4.6.6 by @trellis/kit'])
  })

  it('refuses what npm could publish by accident', () => {
    expect(judgeWorkspaces([{ name: '@trellis/db' }])).toEqual(['@trellis/db is not marked private'])
  })
})
