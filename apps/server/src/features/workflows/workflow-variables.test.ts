import { expect, it } from 'vitest'
import { readVariables } from './workflow-variables.ts'

const variable = (change: object) => ({ id: 'a', name: 'a', value_type: 'string', value: '', ...change })
const read = (change: object) => readVariables('conversation', [variable(change)], 1000)

it('takes names and ids as long as tables keep them', () => {
  const longest = 'n'.repeat(255)
  expect(read({ name: longest, id: longest })).toMatchObject([{ name: longest, id: longest, selector: ['conversation', longest] }])
})

it.each(['name', 'id'])('refuses a variable whose %s could not be stored', (key) => {
  expect(() => read({ [key]: 'n'.repeat(256) })).toThrow(
    expect.objectContaining({ code: 'invalid_param', param: 'conversation_variables', message: expect.stringContaining('255') }),
  )
})
