import { describe, expect, it } from 'vitest'
import { compileTemplate, type Limits, TemplateError } from './index.ts'

const variables = { name: 'World', numbers: [1, 2, 3], person: { name: 'Ann' }, text: 'x'.repeat(1000) }

function failure(template: string, limits: Limits = {}): { kind: string; message: string } {
  try {
    return { kind: 'rendered', message: compileTemplate(template).render(variables, limits) }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return { kind: error.kind, message: error.message }
  }
}

describe('what reaches for the world outside', () => {
  const roots = [
    'name',
    'numbers',
    'person',
    '(1, 2)',
    '1',
    '1.5',
    'none',
    'true',
    'range',
    'range(3)',
    'dict',
    'namespace(a=1)',
    'cycler(1)',
  ]
  const more = ['joiner()', 'numbers.append', 'name.upper', 'lipsum', 'self', "('a' | safe)", '(numbers | map("string"))', 'person.items()']
  const names = [
    'constructor',
    'prototype',
    '__proto__',
    'hasOwnProperty',
    'valueOf',
    'toString',
    '__class__',
    '__globals__',
    '__init__',
    '__mro__',
  ]

  it.each([...roots, ...more])('finds nothing of JavaScript or Python behind %s', (root) => {
    for (const name of names)
      for (const access of [
        `${root}.${name}`,
        `${root}["${name}"]`,
        `${root} | attr("${name}")`,
        `[${root}] | map(attribute="${name}") | first`,
      ])
        expect(failure(`[{{ ${access} }}]`), access).toEqual({ kind: 'rendered', message: '[]' })
  })

  it.each([
    "{{ range.constructor('return process')() }}",
    "{{ name['constructor']['constructor']('return 1')() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    '{{ self.__init__.__globals__ }}',
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ '{0.__class__.__init__}'.format(name) }}",
    "{{ '{0.constructor}'.format(name) }}",
    "{{ '{0[constructor]}'.format(person) }}",
    "{{ '%(constructor)s' % person }}",
    "{{ person | map(attribute='__class__.__mro__') | list }}",
    '{{ name.encode() }}',
    '{{ constructor() }}',
    '{{ __proto__.x }}',
    "{{ lipsum.__globals__['os'] }}",
    '{% set ns = namespace() %}{% set ns.__proto__ = person %}{{ ns.name.x }}',
    '{{ dict(__proto__=1).polluted.x }}',
    '{{ name | constructor }}',
    '{{ name is constructor }}',
    "{{ numbers | map('constructor') | list }}",
    "{{ numbers | sort(attribute='constructor.name') }}",
    "{% import 'os' as os %}",
    "{% include '/etc/passwd' %}",
  ])('refuses %s', (template) => {
    expect(failure(template).kind).not.toBe('rendered')
    expect(failure(template).message).not.toMatch(/native code|=>/)
  })

  it('leaves what it was given, and every prototype, as it was', () => {
    const given = { list: [1], dict: { a: 1 } }
    const template = `{% set _ = list.append(2) %}{% set _ = dict.update({'__proto__': {'x': 1}, 'b': 2}) %}{{ list }}{{ dict.x }}{{ {}.x }}`
    expect(compileTemplate(template).render(given)).toBe('[1, 2]')
    expect(given).toEqual({ list: [1], dict: { a: 1 } })
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  it('keeps keys that are called like what JavaScript has', () => {
    const given = JSON.parse('{"d": {"__proto__": "p", "constructor": "c"}}') as Record<string, Record<string, string>>
    expect(compileTemplate('{{ d.__proto__ }}{{ d.constructor }}{{ d["__proto__"] }}{{ d }}').render(given)).toBe(
      "pcp{'__proto__': 'p', 'constructor': 'c'}",
    )
  })
})

describe('what would run for ever or take all there is', () => {
  const bombs = [
    ['{% for a in range(10000000) %}{% for b in range(10000000) %}{% endfor %}{% endfor %}', 'LimitError'],
    ['{{ range(100000000000) | list }}', 'LimitError'],
    ['{{ range(9999999) | list | length }}', 'LimitError'],
    ["{{ 'a' * 10000000000 }}", 'LimitError'],
    ['{{ [1] * 10000000000 }}', 'LimitError'],
    ['{{ [] * (10 ** 400) }}{{ "" * (10 ** 400) }}{{ 1 / 0 }}', 'ZeroDivisionError'],
    ["{{ '%999999999d' % 1 }}", 'LimitError'],
    ["{{ '%.999999999f' % 1 }}", 'LimitError'],
    ["{{ '%*d' % (999999999, 1) }}", 'LimitError'],
    ["{{ '{:999999999}'.format(1) }}", 'LimitError'],
    ["{{ '{:.999999999f}'.format(1.5) }}", 'LimitError'],
    ["{{ '{:0999999999,}'.format(1) }}", 'LimitError'],
    ["{{ 'a'.center(999999999) }}", 'LimitError'],
    ["{{ 'a' | center(999999999) }}", 'LimitError'],
    ["{{ 'a'.zfill(999999999) }}", 'LimitError'],
    ["{{ '\\t'.expandtabs(999999999) }}", 'LimitError'],
    ["{{ text.replace('', text) | replace('x', text) | replace('x', text) }}", 'LimitError'],
    ["{{ ('x' * 1000000) | indent(999999999) }}", 'LimitError'],
    ["{{ ('x\n' * 100000) | indent(1000000) }}", 'LimitError'],
    ['{{ 9 ** (9 ** 9) }}', 'OverflowError'],
    ['{{ 2 ** 100000 }}', 'OverflowError'],
    ['{{ 2 ** 60000 }}', 'ValueError'],
    ['{{ (2 ** 60000) * (2 ** 60000) }}', 'OverflowError'],
    ['{{ [1, 2] | batch(999999999999, 0) | list }}', 'LimitError'],
    ['{{ [1] | slice(999999999999) | list }}', 'LimitError'],
    ['{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', 'RecursionError'],
    ['{% for x in [[]] recursive %}{{ loop([x]) }}{% endfor %}', 'RecursionError'],
    ['{% block b %}{{ self.b() }}{% endblock %}', 'RecursionError'],
    ['{% set x = [1] %}{% for i in x %}{% set _ = x.append(i) %}{% endfor %}', 'LimitError'],
    ["{% set ns = namespace(s='x') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}", 'LimitError'],
    ['{% set ns = namespace(l=[1]) %}{% for i in range(100) %}{% set ns.l = ns.l + ns.l %}{% endfor %}', 'LimitError'],
    ['{% set ns = namespace(l=[1]) %}{% for i in range(100) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}', 'LimitError'],
    ['{% set ns = namespace(l=[1]) %}{% for i in range(100) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l | tojson }}', 'LimitError'],
    ['{% set ns = namespace(l=[1]) %}{% for i in range(100) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l | pprint }}', 'LimitError'],
    [
      '{% set ns = namespace(l=[1], m=[1]) %}{% for i in range(100) %}{% set ns.l = [ns.l, ns.l] %}{% set ns.m = [ns.m, ns.m] %}{% endfor %}{{ ns.l == ns.m }}',
      'LimitError',
    ],
    ['{% set ns = namespace(l=[]) %}{% for i in range(300) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}', 'RecursionError'],
    ['{{ lipsum(1000000000) }}', 'LimitError'],
    ['{{ lipsum(1, false, 1000000000, 1000000001) }}', 'LimitError'],
    [`{{ '{${'{'.repeat(50)}' }}`, 'rendered'],
    [`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`, 'TemplateSyntaxError'],
    [`{{ ${'['.repeat(5000)}1${']'.repeat(5000)} }}`, 'TemplateSyntaxError'],
    [`{{ ${'-'.repeat(50000)}1 }}`, 'TemplateSyntaxError'],
    [`{{ ${'not '.repeat(50000)}1 }}`, 'TemplateSyntaxError'],
    [`${'{% if 1 %}'.repeat(5000)}`, 'TemplateSyntaxError'],
    [`{{ 1${' + 1'.repeat(100000)} }}`, 'RecursionError'],
    [`{{ x${'.x'.repeat(100000)} }}`, 'RecursionError'],
    [`{{ 1${' if 1 else 1'.repeat(50000)} }}`, 'TemplateSyntaxError'],
  ] as const
  // Some are long: their beginning names them.
  const named = bombs.map(([template, kind]) => ({ name: template.slice(0, 100), template, kind }))

  it.each(named)('$name ends as $kind', ({ template, kind }) => {
    expect(failure(template).kind).toBe(kind)
  })

  it('lets a text and a list grow piece by piece', () => {
    const template =
      "{% set ns = namespace(s='', l=[]) %}{% for i in range(3000) %}{% set ns.s = ns.s ~ 'line ' ~ i %}{% set ns.l = ns.l + [i] %}{% endfor %}{{ ns.l | length }}"
    expect(failure(template)).toEqual({ kind: 'rendered', message: '3000' })
  })

  it('asks for the deadline while it runs', () => {
    let asked = 0
    const isExpired = (): boolean => ++asked > 3
    expect(failure('{% for i in range(1000000) %}{% endfor %}', { isExpired })).toEqual({
      kind: 'LimitError',
      message: 'The template takes too long.',
    })
  })

  it('names the limit that was passed', () => {
    expect(failure('{% for i in range(100) %}{{ i }}{% endfor %}', { maxSteps: 50 }).message).toBe('The template takes more than 50 steps.')
    expect(failure('{% for i in range(100) %}{{ i }}{% endfor %}', { maxLength: 50 }).message).toBe(
      'The template makes a text of more than 50 characters.',
    )
  })

  it('reads long and odd texts in time that grows with them', () => {
    const odd = [
      `{{ '${'<'.repeat(100_000)}' | striptags | length }}`,
      `{{ '${'<!--'.repeat(50_000)}' | striptags | length }}`,
      `{{ '${'(www.'.repeat(20_000)}' | urlize | length }}`,
      `{{ '${'@a.'.repeat(30_000)}' | urlize | length }}`,
      `{{ '${'-'.repeat(100_000)}' | wordwrap(10) | length }}`,
      `{{ '${'a-'.repeat(50_000)}' | wordwrap(10) | length }}`,
      `{{ '${' '.repeat(100_000)}' | trim | length }}`,
      `{{ '${' '.repeat(100_000)}x'.split() | length }}`,
      `{{ '${'\\\\'.repeat(50_000)}' | length }}`,
      `{{ '${'&'.repeat(100_000)}' | striptags | length }}`,
      `{{ ${'1'.repeat(100_000)} }}`,
      `{{ '${'9'.repeat(100_000)}' | int }}`,
      `{{ '${'9'.repeat(100_000)}x' | float }}`,
      `{{ '${'.'.repeat(100_000)}x' | urlize | length }}`,
      `${'{'.repeat(100_000)}`,
      `${'{# '.repeat(50_000)}`,
      `${'{% raw %}'.repeat(20_000)}`,
      `${' '.repeat(100_000)}{{- 1 }}`,
    ]
    for (const template of odd)
      expect(['rendered', 'ValueError', 'TemplateSyntaxError', 'LimitError', 'OverflowError']).toContain(failure(template).kind)
  })
})
