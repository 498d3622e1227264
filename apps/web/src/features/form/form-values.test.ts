import { describe, expect, it } from 'vitest'
import { parseForm } from '../app/user-input-form.ts'
import { findFaults, initialValues, textValues, toInputs } from './form-values.ts'
import type { PickedFile, PickState } from './picked-file.ts'

const variables = parseForm([
  { 'text-input': { variable: 'name', label: 'Name', required: true } },
  { number: { variable: 'count', label: 'Count', required: true, default: 3 } },
  { checkbox: { variable: 'short', label: 'Short', required: false, default: true } },
  { select: { variable: 'tone', label: 'Tone', options: ['warm', 'plain'], default: 'gone', required: false } },
  { json_object: { variable: 'settings', label: 'Settings', required: false, default: { a: 1 } } },
  { file: { variable: 'scan', label: 'Scan', required: true } },
  { 'file-list': { variable: 'papers', label: 'Papers', required: false, max_length: 3 } },
])
const picked = (state: PickState): PickedFile => ({ key: 'k', name: 'a.pdf', type: 'document', sizeBytes: 3, state })
const ready = picked({ status: 'ready', source: { uploadId: 'u1' } })
const whole = { ...initialValues(variables), name: 'Ada', scan: [ready] }

describe('the values of a form', () => {
  it('begin with the defaults that still exist', () => {
    expect(initialValues(variables)).toEqual({
      name: '',
      count: '3',
      short: true,
      tone: '',
      settings: '{\n  "a": 1\n}',
      scan: [],
      papers: [],
    })
  })

  it('are sent in their types; what is empty is left out', () => {
    const linked = picked({ status: 'ready', source: { url: 'https://example.com/b.pdf' } })
    expect(toInputs(variables, { ...whole, papers: [linked, ready] })).toEqual({
      name: 'Ada',
      count: 3,
      short: true,
      settings: { a: 1 },
      scan: { type: 'document', transfer_method: 'local_file', upload_file_id: 'u1' },
      papers: [
        { type: 'document', transfer_method: 'remote_url', url: 'https://example.com/b.pdf' },
        { type: 'document', transfer_method: 'local_file', upload_file_id: 'u1' },
      ],
    })
    expect(toInputs(variables, { ...whole, count: '', settings: ' ' })).not.toHaveProperty('settings')
  })

  it('are not sent where something is missing or is not what its field takes', () => {
    expect(findFaults(variables, whole)).toEqual([])
    expect(findFaults(variables, initialValues(variables))).toEqual([
      { variable: 'name', reason: 'missing' },
      { variable: 'scan', reason: 'missing' },
    ])
    expect(findFaults(variables, { ...whole, count: 'many', settings: '[1]' })).toEqual([
      { variable: 'count', reason: 'notNumber' },
      { variable: 'settings', reason: 'notJson' },
    ])
  })

  it('wait for uploads, and for those that failed to be taken away', () => {
    const uploading = picked({ status: 'uploading', progress: 0.5 })
    const failed = picked({ status: 'failed', fault: { reason: 'too-large', megabytes: 10 } })
    expect(findFaults(variables, { ...whole, papers: [uploading] })).toEqual([{ variable: 'papers', reason: 'uploading' }])
    expect(findFaults(variables, { ...whole, papers: [uploading, failed] })).toEqual([{ variable: 'papers', reason: 'fileFailed' }])
  })

  it('stand in texts, but for files', () => {
    expect(textValues({ name: 'Ada', short: true, scan: [ready] })).toEqual({ name: 'Ada', short: true })
  })
})
