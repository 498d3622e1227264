import { describe, expect, it } from 'vitest'
import { texts as english } from '../../locales/en-US/index.ts'
import { texts as chinese } from '../../locales/zh-Hans/index.ts'
import { findVariables } from '../app/prompt-variables.ts'
import { parseUserInputForm } from '../app/user-input-form.ts'
import { findFaults, initialValues } from '../form/form-values.ts'
import { createStarters } from './starters.ts'

/** Looks a starter's text up as the page does; a missing one fails the test. */
function textsOf(starters: object) {
  return (key: string): string => {
    const text = key
      .split('.')
      .reduce<unknown>((tree, part) => (typeof tree === 'object' && tree !== null ? Reflect.get(tree, part) : undefined), starters)
    if (typeof text !== 'string') throw new Error(`No text ${key}`)
    return text
  }
}

describe.each([
  ['en-US', english.studio.starters],
  ['zh-Hans', chinese.studio.starters],
])('the starters in %s', (_, texts) => {
  const starters = createStarters(textsOf(texts))

  it('ask in their forms for exactly what their texts name', () => {
    for (const { id, config } of starters) {
      const asked = parseUserInputForm(config.user_input_form).map((variable) => variable.variable)
      expect([id, [...asked].sort()]).toEqual([id, findVariables(config.pre_prompt ?? '', config.opening_statement ?? '').sort()])
    }
  })

  it('run without filling anything in, but for the text to translate', () => {
    const missing = starters.map(({ id, config }) => {
      const variables = parseUserInputForm(config.user_input_form)
      return [id, findFaults(variables, initialValues(variables)).map((fault) => fault.variable)]
    })
    expect(missing).toEqual([
      ['assistant', []],
      ['translator', ['text']],
      ['coach', []],
    ])
  })

  it('offer choices that are none of them empty', () => {
    for (const { config } of starters) {
      for (const variable of parseUserInputForm(config.user_input_form)) {
        if (variable.type === 'select') expect(variable.options.filter((option) => option !== '').length).toBeGreaterThan(1)
      }
    }
  })
})
