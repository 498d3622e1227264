import { describe, expect, it } from 'vitest'
import type { FormField } from './basic-config.ts'
import { readInputs } from './read-inputs.ts'

const field = (type: string, rest: Partial<FormField> = {}): FormField => ({ type, variable: 'v', label: 'V', required: false, ...rest })
const read = (given: FormField, value: unknown) => readInputs([given], { v: value }).v
const refusal = (message: RegExp) => expect.objectContaining({ code: 'invalid_param', param: 'v', message: expect.stringMatching(message) })

describe('readInputs', () => {
  it('drops what the form does not declare and gives every declared input a key', () => {
    expect(readInputs([field('text-input'), field('number', { variable: 'n' })], { n: 1, extra: 'x' })).toEqual({ v: null, n: 1 })
  })

  it('leaves out controls that basic apps do not know', () => {
    const form = [field('file', { required: true }), field('file-list', { variable: 'l' }), field('json_object', { variable: 'j' })]
    expect(readInputs(form, { v: 'x', l: [], j: {} })).toEqual({})
  })

  it('asks nobody for what the app fetches itself', () => {
    const fetched = field('external_data_tool', { required: true, kind: 'api', config: { api_based_extension_id: 'x' } })
    expect(readInputs([fetched], { v: 'x' })).toEqual({})
    expect(readInputs([{ ...fetched, enabled: false }], { v: 'x' })).toEqual({ v: 'x' })
  })

  it.each([null, undefined])('takes %s for missing, and nothing else', (missing) => {
    expect(read(field('paragraph', { default: 'standard' }), missing)).toBeNull()
    expect(() => read(field('paragraph', { required: true }), missing)).toThrow(refusal(/required/))
    expect(read(field('paragraph', { required: true }), '')).toBe('')
  })

  it.each([
    ['text-input', {}, 'a\u0000b', 'ab'],
    ['text-input', { max_length: 2 }, '🌱🌱', '🌱🌱'],
    ['paragraph', { max_length: 0 }, 'as long as you like', 'as long as you like'],
    ['select', { options: ['a', 'b'] }, 'b', 'b'],
    ['number', {}, -1.5, -1.5],
    ['number', {}, ' 12 ', 12],
    ['number', {}, '-0.5', -0.5],
    ['number', {}, '1.5e3', 1500],
    ['number', {}, '+7', 7],
    ['number', {}, '  ', null],
    ['number', {}, true, 1],
    ['checkbox', {}, ' YES ', true],
    ['checkbox', {}, 'on', true],
    ['checkbox', {}, 'Off', false],
    ['checkbox', {}, '0', false],
    ['checkbox', {}, 1, true],
    ['checkbox', {}, 0, false],
    ['checkbox', {}, 2, 2],
    ['checkbox', {}, 'perhaps', 'perhaps'],
    ['checkbox', {}, false, false],
    ['external_data_tool', {}, 'asked', 'asked'],
  ] as const)('%s %j reads %j as %j', (type, rest, value, expected) => {
    expect(read(field(type, { ...rest, options: 'options' in rest ? [...rest.options] : null }), value)).toBe(expected)
  })

  it.each([
    ['text-input', {}, 3, /must be a string/],
    ['paragraph', { max_length: 2 }, 'abc', /less than 2 characters/],
    ['select', { options: ['a', 'b'] }, 'c', /one of the following: a, b/],
    ['select', { options: ['a'] }, '', /one of/],
    ['select', {}, 'a', /one of/],
    ['select', { options: ['1'] }, 1, /must be a string/],
    ['number', {}, 'twelve', /valid number/],
    ['number', {}, '0x10', /valid number/],
    ['number', {}, 'Infinity', /valid number/],
    ['number', {}, Number.POSITIVE_INFINITY, /valid number/],
    ['number', {}, '1e999', /valid number/],
    ['number', {}, '.', /valid number/],
    ['number', {}, [], /must be a number/],
  ] as const)('%s %j refuses %j', (type, rest, value, message) => {
    expect(() => read(field(type, { ...rest, options: 'options' in rest ? [...rest.options] : null }), value)).toThrow(refusal(message))
  })

  it('knows no inherited inputs', () => {
    expect(readInputs([field('text-input', { variable: 'constructor' })], {})).toEqual({ constructor: null })
  })
})
