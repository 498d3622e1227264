import { describe, expect, it } from 'vitest'
import { canRead, lacksExtensions, ownExtensions, readUploadSettings, typesFor, writeUploadSettings } from './upload-settings.ts'

const older = { image: { enabled: true, number_limits: 2, detail: 'high', transfer_methods: ['local_file'] } } as const
const asEdited = (section: typeof older) => ({
  ...section,
  image: { ...section.image, transfer_methods: [...section.image.transfer_methods] },
})

describe('what an app takes beside a question, in its editor', () => {
  it('is read of either form', () => {
    expect(readUploadSettings(asEdited(older))).toEqual({
      isEnabled: true,
      types: ['image'],
      extensions: [],
      methods: ['local_file'],
      maxCount: 2,
      detail: 'high',
    })
    expect(
      readUploadSettings({
        enabled: true,
        allowed_file_types: ['document'],
        allowed_file_upload_methods: ['remote_url'],
        number_limits: 5,
      }),
    ).toEqual({ isEnabled: true, types: ['document'], extensions: [], methods: ['remote_url'], maxCount: 5, detail: 'low' })
  })

  it('is off and means pictures where nothing is said', () => {
    expect(readUploadSettings({})).toEqual({
      isEnabled: false,
      types: ['image'],
      extensions: [],
      methods: ['local_file', 'remote_url'],
      maxCount: 3,
      detail: 'low',
    })
  })

  it('is written in both forms, and keeps what the editor does not know', () => {
    const section = { ...asEdited(older), fileUploadConfig: { batch_count_limit: 5 } }
    const written = writeUploadSettings(section, { ...readUploadSettings(section), types: ['image', 'document'] })
    expect(written).toEqual({
      enabled: true,
      allowed_file_types: ['image', 'document'],
      allowed_file_upload_methods: ['local_file'],
      number_limits: 2,
      image: { enabled: true, number_limits: 2, detail: 'high', transfer_methods: ['local_file'] },
      fileUploadConfig: { batch_count_limit: 5 },
    })
    expect(readUploadSettings(written)).toEqual({ ...readUploadSettings(section), types: ['image', 'document'] })
  })

  it('is off in both forms when it is switched off, and remembers the rest', () => {
    const off = writeUploadSettings(asEdited(older), { ...readUploadSettings(asEdited(older)), isEnabled: false })
    expect(off).toMatchObject({ enabled: false, image: { enabled: false } })
    expect(readUploadSettings(off)).toMatchObject({ isEnabled: false, methods: ['local_file'], maxCount: 2, detail: 'high' })
  })

  it('keeps the endings of other types word for word until somebody changes them', () => {
    const section = { enabled: true, allowed_file_types: ['custom'], allowed_file_extensions: ['.DXF', 'stl'] }
    const settings = readUploadSettings(section)
    expect(settings).toMatchObject({ types: ['custom'], extensions: ['dxf', 'stl'] })
    expect(writeUploadSettings(section, { ...settings, maxCount: 2 })).toMatchObject({ allowed_file_extensions: ['.DXF', 'stl'] })
    expect(writeUploadSettings(section, { ...settings, types: ['image'] })).toMatchObject({ allowed_file_extensions: ['.DXF', 'stl'] })
    expect(writeUploadSettings(section, { ...settings, extensions: ['dxf'] })).toMatchObject({ allowed_file_extensions: ['.dxf'] })
    expect(writeUploadSettings({}, readUploadSettings({}))).not.toHaveProperty('allowed_file_extensions')
  })

  it('needs endings where other types are taken, and begins without those of the kinds that have names', () => {
    const settings = readUploadSettings({ enabled: true, allowed_file_types: ['image', 'custom'], allowed_file_extensions: [] })
    expect(lacksExtensions(settings)).toBe(true)
    expect(lacksExtensions({ ...settings, extensions: ['dxf'] })).toBe(false)
    expect(lacksExtensions({ ...settings, types: ['image'] })).toBe(false)
    expect(lacksExtensions({ ...settings, isEnabled: false })).toBe(false)
    expect(ownExtensions(['jpg', 'dxf', 'pdf'])).toEqual(['dxf'])
  })

  it('follows what the model can read', () => {
    expect(canRead(['vision'], 'image')).toBe(true)
    expect(canRead(['vision'], 'document')).toBe(false)
    expect(canRead(['document', 'custom'], 'custom')).toBe(false)
    expect(typesFor(['vision', 'document'], ['document', 'audio'])).toEqual(['document'])
    expect(typesFor(['document', 'audio'], ['image'])).toEqual(['document'])
    expect(typesFor([], ['image'])).toEqual([])
  })
})
