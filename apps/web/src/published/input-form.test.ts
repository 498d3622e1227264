import type { AppParameters } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { findFaults, initialValues, toInputs } from '../features/form/form-values.ts'
import { nothingPassedIn } from './embedded/passed-in.ts'
import { readInputForm, summarizeInputs } from './input-form.ts'

const parameters = {
  user_input_form: [
    { 'text-input': { variable: 'name', label: 'Name', required: true, max_length: 20 } },
    { paragraph: { variable: 'about', label: 'About', required: false } },
    { number: { variable: 'age', label: 'Age', required: false, default: 7 } },
    { select: { variable: 'tone', label: 'Tone', required: true, options: ['calm', 'loud'], default: 'gone' } },
    { checkbox: { variable: 'short', label: 'Short', required: false, default: true } },
    { 'text-input': { variable: 'source', label: 'Source', required: false, default: 'web', hide: true } },
    { file: { variable: 'paper', label: 'Paper', required: false } },
  ],
} as unknown as AppParameters // the rest is read by nobody
const all = readInputForm(parameters, nothingPassedIn)

const shown = all.filter((variable) => variable.rest['hide'] !== true)

describe('the form of a published app', () => {
  it('shows what a visitor can fill in', () => {
    expect(shown.map((variable) => variable.variable)).toEqual(['name', 'about', 'age', 'tone', 'short', 'paper'])
  })

  it('begins with the defaults that still exist', () => {
    expect(initialValues(all)).toEqual({ name: '', about: '', age: '7', tone: '', short: true, source: 'web', paper: [] })
  })

  it('names what is missing, and sends values in their types', () => {
    const values = initialValues(all)
    expect(findFaults(shown, values).map((fault) => fault.variable)).toEqual(['name', 'tone'])
    expect(toInputs(all, { ...values, name: 'Ada', tone: 'calm' })).toEqual({
      name: 'Ada',
      age: 7,
      tone: 'calm',
      short: true,
      source: 'web',
    })
  })

  it('tells what was entered, files by their names', () => {
    const paper = { transfer_method: 'local_file', filename: 'plan.pdf' }
    expect(summarizeInputs(shown, { name: 'Ada', age: 7, about: null, tone: 'calm', short: false, paper })).toEqual([
      { name: 'name', label: 'Name', value: 'Ada' },
      { name: 'about', label: 'About', value: '' },
      { name: 'age', label: 'Age', value: '7' },
      { name: 'tone', label: 'Tone', value: 'calm' },
      { name: 'short', label: 'Short', value: false },
      { name: 'paper', label: 'Paper', value: 'plan.pdf' },
    ])
  })
})
