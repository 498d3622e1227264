import { describe, expect, it } from 'vitest'
import type { FormItem } from '../../api/types/apps.ts'
import { checkVariableName, newVariable, parseUserInputForm, toUserInputForm } from './user-input-form.ts'

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
