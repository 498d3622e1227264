import type { AppParameters } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { missingInputs, toInputs } from '../features/app/user-input-form.ts'
import { firstValues, readInputForm, summarizeInputs } from './input-form.ts'

const form = readInputForm({
  user_input_form: [
    { 'text-input': { variable: 'name', label: 'Name', required: true, max_length: 20 } },
    { paragraph: { variable: 'about', label: 'About', required: false } },
    { number: { variable: 'age', label: 'Age', required: false, default: 7 } },
    { select: { variable: 'tone', label: 'Tone', required: true, options: ['calm', 'loud'], default: 'gone' } },
    { checkbox: { variable: 'short', label: 'Short', required: false, default: true } },
    { 'text-input': { variable: 'source', label: 'Source', required: false, default: 'web', hide: true } },
    { file: { variable: 'paper', label: 'Paper', required: false } },
  ],
} as unknown as AppParameters) // the rest is read by nobody

describe('the form of a published app', () => {
  it('shows what a visitor can fill in', () => {
    expect(form.shown.map((variable) => variable.variable)).toEqual(['name', 'about', 'age', 'tone', 'short'])
  })

  it('begins with the defaults that still exist', () => {
    expect(firstValues(form)).toEqual({ name: '', about: '', age: '7', tone: '', short: true, source: 'web' })
  })

  it('names what is missing, and sends values in their types', () => {
    const values = firstValues(form)
    expect(missingInputs(form.shown, values)).toEqual(['name', 'tone'])
    expect(toInputs(form.all, { ...values, name: 'Ada', tone: 'calm' })).toEqual({
      name: 'Ada',
      age: 7,
      tone: 'calm',
      short: true,
      source: 'web',
    })
  })

  it('tells what was entered', () => {
    expect(summarizeInputs(form, { name: 'Ada', age: 7, about: null, tone: 'calm', short: false })).toEqual([
      { name: 'name', label: 'Name', value: 'Ada' },
      { name: 'about', label: 'About', value: '' },
      { name: 'age', label: 'Age', value: '7' },
      { name: 'tone', label: 'Tone', value: 'calm' },
      { name: 'short', label: 'Short', value: false },
    ])
  })
})
