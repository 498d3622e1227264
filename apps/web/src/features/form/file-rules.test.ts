import { describe, expect, it } from 'vitest'
import { type ControlType, type FormVariable, parseForm } from '../app/user-input-form.ts'
import { acceptOf, admit, readFileRules } from './file-rules.ts'

const field = (type: ControlType, more: object): FormVariable => {
  const [variable] = parseForm([{ [type]: { variable: 'file', label: 'File', required: false, ...more } }])
  if (!variable) throw new Error('not a field')
  return variable
}

describe('what a file field takes', () => {
  it('is everything, one file, where it does not say', () => {
    const rules = readFileRules(field('file', {}))
    expect(rules).toMatchObject({ methods: ['local_file', 'remote_url'], maxCount: 1 })
    expect(acceptOf(rules)).toBeUndefined()
    expect(admit(rules, 'a.xyz', '')).toBe('custom')
  })

  it('is told by kinds', () => {
    const rules = readFileRules(
      field('file-list', { allowed_file_types: ['image'], allowed_file_upload_methods: ['local_file'], max_length: 4 }),
    )
    expect(rules).toMatchObject({ types: ['image'], methods: ['local_file'], maxCount: 4 })
    expect(acceptOf(rules)).toMatch(/^image\/\*,\.jpg/)
    expect(admit(rules, 'Photo.PNG', '')).toBe('image')
    expect(admit(rules, 'photo', 'image/heic')).toBe('image')
    expect(admit(rules, 'plan.pdf', 'application/pdf')).toBeUndefined()
  })

  it('is told by extensions of its own', () => {
    const rules = readFileRules(field('file', { allowed_file_types: ['custom'], allowed_file_extensions: ['.DXF', 'pdf'] }))
    expect(acceptOf(rules)).toBe('.dxf,.pdf')
    expect(admit(rules, 'wheel.dxf', '')).toBe('custom')
    expect(admit(rules, 'plan.pdf', '')).toBe('custom')
    expect(admit(rules, 'plan.txt', '')).toBeUndefined()
  })
})
