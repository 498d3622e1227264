import { AppError } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { expandParameterRules, validateParameters } from './parameters.ts'

const rules = expandParameterRules([
  { name: 'temperature', use_template: 'temperature', max: 2 },
  { name: 'max_output_tokens', use_template: 'max_tokens', max: 100 },
  { name: 'style', label: { en_US: 'Style' }, type: 'string', options: ['plain', 'ornate'] },
  { name: 'thinking', label: { en_US: 'Thinking' }, type: 'boolean' },
  { name: 'seats', label: { en_US: 'Seats' }, type: 'int', required: true, default: 4 },
])

describe('expandParameterRules', () => {
  it('completes a rule from its template, the rule itself winning', () => {
    expect(rules[0]).toMatchObject({ type: 'float', min: 0, max: 2, default: 0, precision: 2, required: false, options: [] })
    expect(rules[1]).toMatchObject({ name: 'max_output_tokens', type: 'int', default: 64, max: 100 })
  })

  it('refuses a rule without label and type', () => {
    expect(() => expandParameterRules([{ name: 'x' }])).toThrow(TypeError)
    expect(() => expandParameterRules([{ name: 'x', use_template: 'warmth' }])).toThrow(/warmth/)
  })
})

describe('validateParameters', () => {
  it('keeps what the rules know, drops the rest, and fills what is required', () => {
    expect(validateParameters(rules, { temperature: 0.5, unknown: 1, style: null })).toEqual({ temperature: 0.5, seats: 4 })
  })

  it('takes the value that another model stored under the template name', () => {
    expect(validateParameters(rules, { max_tokens: 10 })).toEqual({ max_output_tokens: 10, seats: 4 })
    expect(validateParameters(rules, { max_tokens: 10, max_output_tokens: 20 })).toMatchObject({ max_output_tokens: 20 })
  })

  it('rounds to the precision of the rule', () => {
    expect(validateParameters(rules, { temperature: 0.123456 })).toMatchObject({ temperature: 0.12 })
  })

  it.each([
    ['temperature', 3, /between 0 and 2/],
    ['temperature', 'hot', /number/],
    ['temperature', Number.NaN, /number/],
    ['max_output_tokens', 1.5, /whole number/],
    ['style', 'baroque', /one of plain, ornate/],
    ['thinking', 'yes', /true or false/],
  ])('refuses %s = %s and says what it accepts', (name, value, expected) => {
    const act = (): unknown => validateParameters(rules, { [name]: value })
    expect(act).toThrow(expected)
    expect(act).toThrow(expect.objectContaining({ code: 'invalid_param', param: name }))
  })

  it('refuses the absence of what is required and has no default', () => {
    const strict = expandParameterRules([{ name: 'voice', label: { en_US: 'Voice' }, type: 'string', required: true }])
    expect(() => validateParameters(strict, {})).toThrow(AppError)
  })
})
