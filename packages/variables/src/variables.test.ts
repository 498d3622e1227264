import { float, type Value } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import {
  declareVariable,
  FILE_IDENTITY,
  filesInTemplate,
  fitsArray,
  inferType,
  obfuscate,
  parseTemplate,
  type Rendering,
  renderTemplate,
  renderVariable,
  TypeMismatchError,
  Variable,
  VariablePool,
  type VariableType,
  variableTypes,
  zeroOf,
} from './index.ts'

const file = (filename: string, type: 'image' | 'document' = 'document') => ({
  dify_model_identity: FILE_IDENTITY,
  id: null,
  type,
  transfer_method: 'remote_url',
  remote_url: `https://example.com/${filename}`,
  reference: null,
  related_id: 'r1',
  filename,
  extension: '.txt',
  mime_type: 'text/plain',
  size: 3,
  url: `https://example.com/${filename}`,
})

const poolOf = (variables: Readonly<Record<string, Value | Variable>>): VariablePool => {
  const pool = new VariablePool()
  for (const [path, value] of Object.entries(variables)) {
    const [namespace = '', name = ''] = path.split('.')
    pool.set(namespace, name, value instanceof Variable ? value : new Variable(value))
  }
  return pool
}

describe('selectors and the pool (3.1)', () => {
  const pool = poolOf({ 'node.object': { a: { b: 1 }, none: null }, 'node.list': [{ a: 1 }], 'node.file': file('a.txt') })

  it('finds variables, keys of objects and attributes of files (3.7)', () => {
    expect(pool.get(['node', 'object', 'a', 'b'])?.value).toBe(1)
    expect(pool.get(['node', 'object', 'none'])?.value).toBeNull()
    expect(pool.get(['node', 'file', 'name'])?.value).toBe('a.txt')
    expect(pool.get(['node', 'file', 'size', 'ignored'])?.value).toBe(3)
  })

  it.each([
    [['node']],
    [['node', 'x']],
    [['node', 'object', 'x']],
    [['node', 'object', 'constructor']],
    [['node', 'object', 'a', 'b', 'c']],
  ])('finds nothing at %j', (selector) => {
    expect(pool.get(selector)).toBeUndefined()
  })

  it('does not index lists, and knows no other attributes of files', () => {
    expect(pool.get(['node', 'list', '0'])).toBeUndefined()
    expect(pool.get(['node', 'file', 'colour'])).toBeUndefined()
    expect(pool.get(['node', 'file', 'filename'])).toBeUndefined()
  })

  it('lets go of a namespace', () => {
    const own = poolOf({ 'a.x': 1, 'b.x': 2 })
    own.removeNamespace('a')
    expect(own.get(['a', 'x'])).toBeUndefined()
    expect(own.get(['b', 'x'])?.value).toBe(2)
  })

  it('forks: neither side sees what the other writes from then on', () => {
    const outer = poolOf({ 'a.x': 1, 'conversation.v': 'old' })
    const inner = outer.fork()
    inner.set('a', 'x', new Variable(2))
    outer.set('a', 'y', new Variable(3))
    inner.set('conversation', 'v', new Variable('new'))
    expect([outer.get(['a', 'x'])?.value, inner.get(['a', 'x'])?.value, inner.get(['a', 'y'])]).toEqual([1, 2, undefined])
    expect(outer.get(['conversation', 'v'])?.value).toBe('old')
    outer.adopt('conversation', inner)
    inner.set('conversation', 'v', new Variable('later'))
    expect(outer.get(['conversation', 'v'])?.value).toBe('new')
  })
})

describe('templates (3.3)', () => {
  const pool = poolOf({ 'node.name': 'Ada', 'node.empty': '', 'node.file': file('a.txt') })

  it.each([
    ['Hello {{#node.name#}}!', 'Hello Ada!'],
    ['{{#node.empty#}}', ''],
    // What is not there shows its path.
    ['{{#node.nothing#}} {{#no.where#}}', 'node.nothing no.where'],
    // Neither hyphens nor long names nor a leading digit are references.
    ['{{#my-node.name#}}', '{{#my-node.name#}}'],
    ['{{#node.1st#}}', '{{#node.1st#}}'],
    [`{{#node.${'x'.repeat(31)}#}}`, `{{#node.${'x'.repeat(31)}#}}`],
    [`{{#${'x'.repeat(51)}.a#}}`, `{{#${'x'.repeat(51)}.a#}}`],
    ['{{#context#}} {{name}} {{ #node.name# }}', '{{#context#}} {{name}} {{ #node.name# }}'],
    // Text between references that spells a path is one.
    ['{{#node.name#}}node.name{{#node.name#}}', 'AdaAdaAda'],
    ['', ''],
  ])('%j renders as %j', (template, expected) => {
    expect(renderTemplate(parseTemplate(template), pool, 'text')).toBe(expected)
  })

  it('knows the files of its variables', () => {
    const list = new Variable([file('b.txt'), file('c.txt')], 'array[file]')
    const template = parseTemplate('{{#node.file#}}{{#node.name#}}{{#x.list#}}')
    const all = filesInTemplate(template, poolOf({ 'node.file': file('a.txt'), 'node.name': 'Ada', 'x.list': list }))
    expect(all.map(({ filename }) => filename)).toEqual(['a.txt', 'b.txt', 'c.txt'])
  })
})

describe('types (3.4)', () => {
  it.each<readonly [Value, VariableType]>([
    [null, 'none'],
    [true, 'boolean'],
    [1, 'integer'],
    [float(1), 'float'],
    [1.5, 'float'],
    ['a', 'string'],
    [{}, 'object'],
    [file('a'), 'file'],
    [[], 'array[any]'],
    [['a'], 'array[string]'],
    [[1, 1.5], 'array[number]'],
    [[true], 'array[boolean]'],
    [[true, 1], 'array[any]'],
    [[{}], 'array[object]'],
    [[file('a')], 'array[file]'],
    [[file('a'), {}], 'array[any]'],
    [[['a']], 'array[any]'],
    [['a', null], 'array[any]'],
    [[null], 'array[any]'],
  ])('%j is inferred', (value, type) => {
    expect(inferType(value)).toBe(type)
  })

  it.each<readonly [VariableType, Value, VariableType | 'refused']>([
    ['number', 1, 'integer'],
    ['number', 1.5, 'float'],
    ['number', true, 'refused'],
    ['number', '1', 'refused'],
    ['array[string]', [], 'array[string]'],
    ['array[file]', [], 'array[file]'],
    ['array[string]', [1], 'refused'],
    ['object', [], 'refused'],
    ['none', null, 'none'],
    ['string', null, 'refused'],
    ['secret', 's', 'secret'],
  ])('declared %s of %j', (declared, value, expected) => {
    if (expected === 'refused') expect(() => declareVariable(declared, value)).toThrow(TypeMismatchError)
    else expect(declareVariable(declared, value).type).toBe(expected)
  })

  it('says what lists may hold', () => {
    expect(fitsArray('array[any]', 'a') && fitsArray('array[number]', true) && fitsArray('array[object]', {})).toBe(true)
    expect(fitsArray('array[any]', []) || fitsArray('array[file]', file('a')) || fitsArray('array[string]', 1)).toBe(false)
  })
})

it('zero values (3.5)', () => {
  expect(variableTypes.filter((type) => zeroOf(type) === undefined)).toEqual(['file', 'array[file]', 'none', 'group'])
  expect([zeroOf('object'), zeroOf('string'), zeroOf('number'), zeroOf('float'), zeroOf('boolean'), zeroOf('array[any]')]).toEqual([
    {},
    '',
    0,
    float(0),
    false,
    [],
  ])
})

describe('rendering (3.6)', () => {
  const rows: readonly (readonly [Variable, text: string, log: string, markdown: string])[] = [
    [new Variable(null), '', '', ''],
    [new Variable('a\n"ü"'), 'a\n"ü"', 'a\n"ü"', 'a\n"ü"'],
    [new Variable(1), '1', '1', '1'],
    [new Variable(float(1)), '1.0', '1.0', '1.0'],
    [new Variable(float(1e20)), '1e+20', '1e+20', '1e+20'],
    [new Variable(true), 'True', 'True', 'True'],
    [new Variable({ a: [1, 'ü'] }), '{"a": [1, "ü"]}', '{\n  "a": [\n    1,\n    "ü"\n  ]\n}', '{\n  "a": [\n    1,\n    "ü"\n  ]\n}'],
    [new Variable(['a', 'ü']), '["a", "ü"]', "['a', 'ü']", '- a\n- ü'],
    [new Variable([], 'array[string]'), '', '[]', ''],
    [new Variable([1, float(2)]), '[1, 2.0]', '[1, 2.0]', '- 1\n- 2.0'],
    [new Variable([{ a: null }]), "[{'a': None}]", "[{'a': None}]", "- {'a': None}"],
    [new Variable([true, 'a']), "[True, 'a']", "[True, 'a']", '- True\n- a'],
    // A list that an assigner filled keeps its type, whatever its items are.
    [new Variable(['q'], 'array[any]'), "['q']", "['q']", '- q'],
    [new Variable([1], 'array[string]'), '[1]', '[1]', '- 1'],
    [new Variable(file('a.png', 'image')), '', '', '![a.png](https://example.com/a.png)'],
    [new Variable(file('a.txt')), '', '', '[a.txt](https://example.com/a.txt)'],
    [new Variable([file('a.txt'), file('b.txt')]), '', '', '[a.txt](https://example.com/a.txt)\n[b.txt](https://example.com/b.txt)'],
    [new Variable('sk-1234567890', 'secret'), 'sk-1234567890', 'sk-123************90', 'sk-1234567890'],
  ]

  it.each(rows)('%j', (variable, ...expected) => {
    const renderings: readonly Rendering[] = ['text', 'log', 'markdown']
    expect(renderings.map((rendering) => renderVariable(variable, rendering))).toEqual(expected)
  })

  it('hides short secrets altogether (1.6)', () => {
    expect([obfuscate(''), obfuscate('12345678'), obfuscate('123456789')]).toEqual(['', '*'.repeat(20), `123456${'*'.repeat(12)}89`])
  })
})
