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
    expect(toUserInputForm(parseUserInputForm(form), form)).toEqual(form)
  })

  it('keeps what its editor did not touch word for word', () => {
    const terse: FormItem[] = [
      { paragraph: { variable: 'about', label: '', default: '', max_length: null } },
      { number: { variable: 'count', label: 'Count', default: null, max_length: 48 } },
    ]
    const [about, count] = parseUserInputForm(terse)
    if (!about || !count) throw new Error('two variables')
    expect(toUserInputForm([about, { ...count, label: 'How many' }, newVariable('more')], terse)).toEqual([
      terse[0],
      { number: { variable: 'count', label: 'How many', required: false } },
      { 'text-input': { variable: 'more', label: 'more', required: true, max_length: 100 } },
    ])
    expect(toUserInputForm([count], terse)).toEqual([terse[1]])
  })

  it('keeps items of other kinds where variables around them come and go', () => {
    const variables = parseUserInputForm(form)
    const names = (items: FormItem[]) => items.map((item) => Object.values(item)[0]?.variable)
    expect(names(toUserInputForm([...variables, newVariable('new')], form))).toEqual(['name', 'weather', 'tone', 'short', 'count', 'new'])
    expect(names(toUserInputForm([], form))).toEqual(['weather'])
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
