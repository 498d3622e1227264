import { expect, it } from 'vitest'
import { parseForm } from '../../features/app/user-input-form.ts'
import { withHiddenFields } from './hidden-fields.ts'

it('each row has what stands in hidden fields', () => {
  const variables = parseForm([
    { 'text-input': { variable: 'name', label: 'Name', required: true, default: 'nobody' } },
    { 'text-input': { variable: 'source', label: 'Source', required: false, default: 'shop', hide: true } },
    { number: { variable: 'shelf', label: 'Shelf', required: false, hide: true } },
  ])
  const row = (line: number, name: string) => ({ line, cells: { name }, inputs: { name } })
  expect(withHiddenFields([row(2, 'Ada'), row(3, 'Bea')], variables).map(({ inputs }) => inputs)).toEqual([
    { name: 'Ada', source: 'shop' },
    { name: 'Bea', source: 'shop' },
  ])
})
