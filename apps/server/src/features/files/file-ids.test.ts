import { newId } from '@trellis/kit'
import { FILE_IDENTITY } from '@trellis/variables'
import { expect, it } from 'vitest'
import { listFileIds, withoutFileMarks } from './file-ids.ts'

const [one, two] = [newId(), newId()]
const file = (names: object) => ({ dify_model_identity: FILE_IDENTITY, transfer_method: 'local_file', ...names })

it('finds what nodes would open, however deep and however it is named', () => {
  const value = { a: [file({ related_id: one })], b: { c: file({ related_id: null, reference: two }) }, d: one }
  expect(listFileIds(value)).toEqual([one, two])
  expect(listFileIds(file({ transfer_method: 'remote_url', related_id: one }))).toEqual([one])
})

it('finds nothing in what only claims to be a file, or lies elsewhere', () => {
  expect(listFileIds([file({}), file({ related_id: 7 }), file({ related_id: 'x'.repeat(300) })])).toEqual([])
  expect(listFileIds(file({ transfer_method: 'remote_url', related_id: null, reference: one }))).toEqual([])
})

it('takes the mark off what callers made to look like a file, and leaves the rest', () => {
  const value = { deep: [{ ...file({ related_id: one }), note: 'kept' }], plain: 7 }
  const open = withoutFileMarks(value)
  expect(listFileIds(open)).toEqual([])
  expect(open).toEqual({ deep: [{ transfer_method: 'local_file', related_id: one, note: 'kept' }], plain: 7 })
  const harmless = { a: [1, { b: null }] }
  expect(withoutFileMarks(harmless)).toBe(harmless)
})
