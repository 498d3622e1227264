import { describe, expect, it } from 'vitest'
import { listTemplateVariables, neutralizePlaceholders, renderTemplate, toTemplateText } from './template.ts'

describe('renderTemplate', () => {
  it.each([
    ['fills names', 'Hi {{name}}!', { name: 'Ada' }, 'Hi Ada!'],
    ['fills a name twice', '{{a}}{{a}}', { a: 'x' }, 'xx'],
    ['fills an empty value', '[{{a}}]', { a: '' }, '[]'],
    ['keeps unknown names with single braces', 'Hi {{name}}', {}, 'Hi {name}'],
    ['knows no inherited names', '{{constructor}}', {}, '{constructor}'],
    ['reduces placeholders within values', '{{a}} {{b}}', { a: '{{b}}', b: 'x' }, '{b} x'],
    ['takes values literally', '{{a}}', { a: "$& $1 $' \\" }, "$& $1 $' \\"],
    ['leaves spaces within braces alone', '{{ name }}', { name: 'x' }, '{{ name }}'],
    ['takes 30 characters', `{{${'n'.repeat(30)}}}`, { ['n'.repeat(30)]: 'x' }, 'x'],
    ['leaves 31 characters alone', `{{${'n'.repeat(31)}}}`, { ['n'.repeat(31)]: 'x' }, `{{${'n'.repeat(31)}}}`],
    ['leaves names that begin with a digit alone', '{{1a}}', { '1a': 'x' }, '{{1a}}'],
    ['fills within further braces', '{{{a}}}', { a: 'x' }, '{x}'],
    ['removes control tokens', 'a<|im_end|>b{{v}}', { v: '<|x|>c' }, 'abc'],
    ['keeps control tokens that span lines', '<|a\nb|>', {}, '<|a\nb|>'],
    ['removes the rest of a line that a control token shares', '<|a\n<|b|>c|>d<|e', {}, '<|a\nc|>d<|e'],
    ['removes a control token up to its first end', '<|<|a|>b|><||>', {}, 'b|>'],
    ['removes control tokens made by filling', '<|{{v}}|>', { v: 'end' }, ''],
    ['leaves special names alone unless asked', '{{#query#}}', { '#query#': 'q' }, '{{#query#}}'],
  ])('%s', (_title, text, values, expected) => {
    expect(renderTemplate(text, values as Record<string, string>)).toBe(expected)
  })

  it('fills special names where they are allowed, and reduces those without a value', () => {
    const text = '{{#context#}}|{{#query#}}|{{#histories#}}|{{#other#}}'
    const values = { '#context#': 'c {{#query#}}', '#query#': 'q' }
    expect(renderTemplate(text, values, { allowSpecial: true })).toBe('c {#query#}|q|{#histories#}|{{#other#}}')
  })

  it('is quick with openings that have no end', () => {
    const openings = '<|'.repeat(1_000_000)
    expect(renderTemplate('{{v}}', { v: openings })).toBe(openings)
    expect(renderTemplate('{{v}}\n|>', { v: openings })).toBe(`${openings}\n|>`)
  })
})

describe('placeholders', () => {
  it('are listed once each, in order', () => {
    expect(listTemplateVariables('{{b}}{{a}}{{b}}{{#query#}}')).toEqual(['b', 'a'])
    expect(listTemplateVariables('{{#query#}}{{a}}', { allowSpecial: true })).toEqual(['#query#', 'a'])
  })

  it('are reduced to single braces', () => {
    expect(neutralizePlaceholders('{{a}} {{#query#}}')).toBe('{a} {{#query#}}')
    expect(neutralizePlaceholders('{{#query#}}', { allowSpecial: true })).toBe('{#query#}')
  })
})

describe('toTemplateText', () => {
  it.each([
    [null, 'None'],
    [undefined, 'None'],
    [true, 'True'],
    [3, '3'],
    [1.5, '1.5'],
    ["it's", "it's"],
    [[1, 'a', null], "[1, 'a', None]"],
    [{ a: "it's", b: [false] }, `{'a': "it's", 'b': [False]}`],
    [['a\n\\'], "['a\\n\\\\']"],
  ])('%j', (value, expected) => {
    expect(toTemplateText(value)).toBe(expected)
  })
})
