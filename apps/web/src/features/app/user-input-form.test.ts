import { describe, expect, it } from 'vitest'
import type { FormItem } from '../../api/types/apps.ts'
import {
  checkVariableName,
  initialValues,
  missingInputs,
  newVariable,
  parseUserInputForm,
  toInputs,
  toUserInputForm,
} from './user-input-form.ts'

const form: FormItem[] = [
  { 'text-input': { variable: 'name', label: 'Name', required: true, max_length: 48, hide: false } },
  { external_data_tool: { variable: 'weather', label: 'Weather', type: 'api' } },
  { select: { variable: 'tone', label: 'Tone', required: false, options: ['warm', 'plain'], default: 'warm' } },
  { checkbox: { variable: 'short', label: 'Short', required: false, default: true } },
  { number: { variable: 'count', label: 'Count', required: true, default: 3 } },
]

describe('user input form', () => {
  it('comes back as it was, foreign items and unknown keys included', () => {
    const again = toUserInputForm(parseUserInputForm(form), form)
    expect(again).toHaveLength(form.length)
    expect(again).toEqual(expect.arrayContaining(form))
  })

  it('fills in defaults and finds what is missing', () => {
    const variables = parseUserInputForm(form)
    const values = initialValues(variables)
    expect(values).toEqual({ name: '', tone: 'warm', short: true, count: '3' })
    expect(missingInputs(variables, values)).toEqual(['name'])
    expect(missingInputs(variables, { ...values, name: '  ' })).toEqual(['name'])
  })

  it('sends numbers as numbers and leaves empty ones out', () => {
    const variables = parseUserInputForm(form)
    expect(toInputs(variables, { name: 'Ada', tone: '', short: false, count: '4.5' })).toEqual({ name: 'Ada', short: false, count: 4.5 })
  })
})

describe('checkVariableName', () => {
  it('names the fault', () => {
    expect(checkVariableName('', [])).toBe('empty')
    expect(checkVariableName('1st', [])).toBe('pattern')
    expect(checkVariableName('a b', [])).toBe('pattern')
    expect(checkVariableName('a'.repeat(31), [])).toBe('length')
    expect(checkVariableName('name', ['name'])).toBe('duplicate')
    expect(checkVariableName(newVariable('fine').variable, ['name'])).toBeNull()
  })
})
