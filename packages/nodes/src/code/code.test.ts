import type { CodeService } from '@trellis/spec'
import { Float, float, type Value } from '@trellis/values'
import { declareVariable, FILE_IDENTITY } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { codeNode } from './node.ts'

/** A sandbox that answers with a text, and keeps what it was asked. */
function sandboxAnswering(resultJson: string) {
  const tasks: Parameters<CodeService['call']>[0][] = []
  const code: CodeService = {
    async call(task) {
      tasks.push(task)
      return { ok: true, resultJson, mechanism: 'fake' }
    },
  }
  return { tasks, services: { code } }
}

const data = (outputs: Value, variables: Value = []) => ({
  type: 'code',
  code_language: 'python3',
  code: 'def main(): ...',
  outputs,
  variables,
})
const declare = (type: string, children: Value = null) => ({ out: { type, children } })

async function check(outputs: Value, resultJson: string) {
  const { outcome } = await runNode(codeNode, data(outputs), { services: sandboxAnswering(resultJson).services })
  if (outcome.status === 'succeeded') return outcome.outputs
  return outcome.status === 'failed' ? outcome.errorType : outcome
}

describe('2.10 code: inputs', () => {
  it('gives plain values; a missing variable and an empty list of files are null; files are dicts', async () => {
    const file = { dify_model_identity: FILE_IDENTITY, type: 'image', filename: 'a.png', related_id: null, url: null }
    const variables = ['text', 'nothing', 'none', 'file'].map((variable) => ({ variable, value_selector: ['start', variable] }))
    const { tasks, services } = sandboxAnswering('{}')
    const { outcome } = await runNode(codeNode, data({}, variables), {
      services,
      variables: { 'start.text': 'x', 'start.none': declareVariable('array[file]', []), 'start.file': file },
    })
    expect(tasks).toEqual([{ language: 'python3', code: 'def main(): ...', inputs: { text: 'x', nothing: null, none: null, file } }])
    expect(outcome).toMatchObject({ status: 'succeeded', inputs: { text: 'x' }, metadata: { sandbox: 'fake' } })
  })
})

describe('2.10 code: results', () => {
  it('keeps 1 and 1.0 apart, and reads NaN', async () => {
    expect(await check({ a: { type: 'number' }, b: { type: 'number' }, c: { type: 'number' } }, '{"a": 1, "b": 1.0, "c": NaN}')).toEqual({
      a: 1,
      b: new Float(1),
      c: Number.NaN,
    })
  })

  it('makes floats of texts in exponent notation, at any depth, also where a text is declared (9.15)', async () => {
    expect(await check(declare('object'), '{"out": {"a": ["1E+3", "-2.5e-1"], "b": "1e3", "c": "x1e+3"}}')).toEqual({
      out: { a: [float(1000), -0.25], b: '1e3', c: 'x1e+3' },
    })
    expect(await check(declare('string'), '{"out": "1e+3"}')).toBe('OutputValidationError')
  })

  it('fails where the sandbox does, with its error', async () => {
    const code: CodeService = { call: async () => ({ ok: false, error: 'line 1', errorType: 'CodeExecutionError', mechanism: 'fake' }) }
    const { outcome } = await runNode(codeNode, data(null), { services: { code } })
    expect(outcome).toMatchObject({ status: 'failed', error: 'line 1', errorType: 'CodeExecutionError', metadata: { sandbox: 'fake' } })
  })

  it('fails where main returns something else than an object', async () => {
    expect(await check({}, '[1]')).toBe('CodeExecutionError')
    expect(await check({}, 'nonsense')).toBe('CodeExecutionError')
  })
})

describe('2.10 code: declared types (3.8)', () => {
  it.each([
    ['string', '"a\\u0000b"', 'ab'],
    ['string', 'null', null],
    ['string', '1', 'OutputValidationError'],
    ['number', '1.5', 1.5],
    ['number', 'true', 1],
    ['number', 'null', null],
    ['number', '9223372036854775807', 9223372036854775807n],
    ['number', '9223372036854775808', 'OutputValidationError'],
    ['number', '1e+20', 'OutputValidationError'],
    ['number', '1e-20', 1e-20],
    ['number', '1e-21', 'OutputValidationError'],
    ['number', '"1"', 'OutputValidationError'],
    ['boolean', '"anything"', 'anything'],
    ['object', '{"a": 1}', { a: 1 }],
    ['object', 'null', null],
    ['object', '[]', 'OutputValidationError'],
    ['array[string]', '["a\\u0000", null]', ['a', null]],
    ['array[string]', 'null', null],
    ['array[string]', '["a", 1]', 'OutputValidationError'],
    ['array[number]', '[1, 2.5, true]', [1, 2.5, 1]],
    ['array[number]', '[1, null]', 'OutputValidationError'],
    ['array[object]', '[{"a": 1}, null]', [{ a: 1 }, null]],
    ['array[object]', '[1]', 'OutputValidationError'],
    ['array[boolean]', '[true, null]', [true, null]],
    ['array[boolean]', '[1]', 'OutputValidationError'],
  ])('%s takes %s as it should', async (type, json, expected) => {
    const outputs = await check(declare(type), `{"out": ${json}}`)
    expect(outputs).toEqual(typeof expected === 'string' && expected.endsWith('Error') ? expected : { out: expected })
  })

  it.each(['integer', 'float', 'secret', 'file', 'array[any]', 'array[file]', 'none', 'group'])('%s cannot be declared', async (type) => {
    await expect(check(declare(type), '{"out": 1}')).rejects.toThrow()
  })

  it('refuses lists that are too long, and texts by characters', async () => {
    const list = (count: number, item: string) => `{"out": [${Array(count).fill(item).join(',')}]}`
    expect(await check(declare('array[string]'), list(30, '"a"'))).toBeTypeOf('object')
    expect(await check(declare('array[string]'), list(31, '"a"'))).toBe('OutputValidationError')
    expect(await check(declare('array[object]'), list(31, '{}'))).toBe('OutputValidationError')
    expect(await check(declare('array[number]'), list(1000, '1'))).toBeTypeOf('object')
    expect(await check(declare('array[number]'), list(1001, '1'))).toBe('OutputValidationError')
    expect(await check(declare('string'), `{"out": "${'😀'.repeat(400_000)}"}`)).toBeTypeOf('object')
    expect(await check(declare('string'), `{"out": "${'a'.repeat(400_001)}"}`)).toBe('OutputValidationError')
  })

  it('refuses missing and undeclared keys at every level that has a schema (9.15)', async () => {
    expect(await check(declare('number'), '{}')).toBe('OutputValidationError')
    expect(await check(declare('number'), '{"out": 1, "more": 2}')).toBe('CodeNodeError')
    const nested = declare('object', { a: { type: 'number', children: null } })
    expect(await check(nested, '{"out": {"a": 1}}')).toEqual({ out: { a: 1 } })
    expect(await check(nested, '{"out": {"a": 1, "b": 2}}')).toBe('CodeNodeError')
    expect(await check(declare('array[object]', { a: { type: 'number', children: null } }), '{"out": [{}]}')).toBe('OutputValidationError')
  })
})

describe('2.10 code: without a schema', () => {
  it('takes whatever holds things of one kind', async () => {
    const json = '{"a": [1, null, true], "b": ["x"], "c": [{"d": 1}], "e": [[1], [2]], "f": [null, 1, "x"]}'
    expect(await check(null, json)).toEqual({ a: [1, null, true], b: ['x'], c: [{ d: 1 }], e: [[1], [2]], f: [null, 1, 'x'] })
    expect(await check(null, '{"a": [1, "x"]}')).toBe('OutputValidationError')
    expect(await check(null, '{"a": {"b": 1e+20}}')).toBe('OutputValidationError')
  })

  it('goes five levels deep', async () => {
    expect(await check(null, '{"a": {"b": {"c": {"d": {"e": 1}}}}}')).toBeTypeOf('object')
    expect(await check(null, '{"a": {"b": {"c": {"d": {"e": {}}}}}}')).toBe('DepthLimitError')
    expect(await check(declare('object'), '{"out": {"b": {"c": {"d": {"e": {}}}}}}')).toBe('DepthLimitError')
  })
})
