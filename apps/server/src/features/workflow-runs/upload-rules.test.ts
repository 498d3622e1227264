import type { FileInput } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { allowedFiles, assertNamed } from './upload-rules.ts'

const taking = (section: Record<string, string[] | boolean | number>) => ({ file_upload: { enabled: true, ...section } })
const upload = (type: FileInput['type']): FileInput => ({ type, transfer_method: 'local_file', url: undefined, upload_file_id: 'x' })

describe('files of a chatflow’s message', () => {
  it('are dropped where it takes none', () => {
    expect(allowedFiles({}, [upload('image')])).toEqual([])
    expect(allowedFiles({ file_upload: { enabled: false } }, [upload('image')])).toEqual([])
  })

  it('are of the kinds that it takes', () => {
    const features = taking({ allowed_file_types: ['image', 'custom'] })
    expect(allowedFiles(features, [upload('image'), upload('custom')])).toHaveLength(2)
    expect(() => allowedFiles(features, [upload('document')])).toThrow(/no files of the type document, only image, custom/)
  })

  it('have, where they are of other types, an ending that it names, however that is written', () => {
    const features = taking({ allowed_file_types: ['image', 'custom'], allowed_file_extensions: ['.DXF', 'stl'] })
    const named = [
      { type: 'custom', extension: '.dxf' },
      { type: 'custom', extension: '.STL' },
      { type: 'image', extension: '.png' },
    ] as const
    expect(() => assertNamed(features, named)).not.toThrow()
    expect(() => assertNamed(features, [{ type: 'custom', extension: '.exe' }])).toThrow(/end in \.exe, only \.dxf, \.stl/)
    expect(() => assertNamed(features, [{ type: 'custom', extension: null }])).toThrow(/without an ending/)
  })

  it('may end in anything where it names no endings', () => {
    expect(() => assertNamed(taking({ allowed_file_types: ['custom'] }), [{ type: 'custom', extension: '.exe' }])).not.toThrow()
  })
})
