import { dumpJson, Float, type Value } from '@trellis/values'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readYaml, YamlError } from './read-yaml.ts'
import { writeYaml } from './write-yaml.ts'

describe('YAML is read as PyYAML reads it:', () => {
  it.each<[string, Value]>([
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['~', null],
    ['', null],
    ['1', 1],
    ['1.0', new Float(1)],
    ['1e3', '1e3'],
    ['1.0e+3', new Float(1000)],
    ['.5', 0.5],
    ['-.inf', Number.NEGATIVE_INFINITY],
    ['017', 15],
    ['0o17', '0o17'],
    ['0x1F', 31],
    ['1_000', 1000],
    ['1:30', 90],
    ['12345678901234567890', 12345678901234567890n],
    ["'yes'", 'yes'],
    ['"1"', '1'],
    ['!!str 1', '1'],
    ['2024-01-01', '2024-01-01'],
    ['0.3.1', '0.3.1'],
    ['{a: 1, a: 2}', { a: 2 }],
    ['{1: a, true: b, ~: c}', { '1': 'a', true: 'b', null: 'c' }],
    ['{a: &x {b: 1}, c: *x}', { a: { b: 1 }, c: { b: 1 } }],
    ['a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3', { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
    ['- |\n  a\n  b\n- >-\n  c\n  d', ['a\nb\n', 'c d']],
  ])('%j', (text, value) => {
    expect(readYaml(text)).toEqual(value)
  })

  it.each([
    ['what is none', 'a: [1'],
    ['objects of a language', '!!python/object/apply:os.system ["ls"]'],
    ['anchors that are not there', 'a: *b'],
    ['circles', '&a [*a]'],
    ['depth without end', '['.repeat(300) + ']'.repeat(300)],
    [
      'a billion laughs',
      [
        'a: &a [x, x, x, x, x, x, x, x, x, x]',
        ...[...'bcdefghi'].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[index]}`)}]`),
      ].join('\n'),
    ],
  ])('%s are refused', (_what, text) => {
    expect(() => readYaml(text)).toThrow(YamlError)
  })

  it('what is wrong is told in a whole sentence', () => {
    expect(() => readYaml('a: 1\nb: [1')).toThrow(/^This is not valid YAML: .* at line 2, column \d+\.$/)
  })

  it('__proto__ is a key like any other', () => {
    const value = readYaml('__proto__: {polluted: true}')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect('polluted' in {}).toBe(false)
  })
})

describe('YAML', () => {
  const scalar = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc
      .array(fc.constantFrom('a', ' ', '\n', '\t', ':', '#', '-', "'", '"', '|', 'é', '…', '1', '.'), { maxLength: 12 })
      .map((parts) => parts.join('')),
    fc.constantFrom(
      'yes',
      'no',
      '1.0',
      '~',
      '=',
      '<<',
      '---',
      '...',
      '- a',
      'a: b',
      '#',
      '!x',
      '&a',
      '*a',
      '%',
      '@',
      '`',
      '1:30',
      '2024-01-01',
      '\ufeff',
      ' ',
    ),
    fc.integer(),
    fc.bigInt({ min: 10n ** 18n, max: 10n ** 20n }),
    fc.double({ noNaN: true }).filter((number) => !Number.isInteger(number)),
    fc.integer().map((number) => new Float(number)),
    fc.constantFrom(1e22, 1e-7, -0.1).map((number) => (Number.isInteger(number) ? new Float(number) : number)),
    fc.constantFrom(null, true, false),
  )
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      scalar as fc.Arbitrary<Value>, // every case is a value
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('a', 'yes', '1', 'x y', 'a: b', '')),
        tie('value'),
        {
          maxKeys: 4,
          noNullPrototype: true,
        },
      ),
    ),
  }))

  it('that was written is read as the same value', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(dumpJson(readYaml(writeYaml(given)), { sortKeys: true })).toBe(dumpJson(given, { sortKeys: true }))
      }),
      { numRuns: 2000 },
    )
  })

  it('is written with its keys in order, lists under their keys and texts in lines', () => {
    expect(writeYaml({ b: [{ z: 1, a: 'x' }], a: { c: new Float(1), d: 'one\n  two\n' }, e: [], f: {}, g: 'yes' })).toBe(
      `a:\n  c: 1.0\n  d: |\n    one\n      two\nb:\n- a: x\n  z: 1\ne: []\nf: {}\ng: "yes"\n`,
    )
  })
})
