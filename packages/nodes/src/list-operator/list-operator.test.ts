import { type Dict, float, type Value } from '@trellis/values'
import { FILE_IDENTITY, Variable } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { listOperatorNode } from './node.ts'

async function operate(list: Value | Variable, data: Dict): Promise<Value | 'failed'> {
  const { outcome } = await runNode(listOperatorNode, { variable: ['a', 'list'], ...data }, { variables: { 'a.list': list, 'b.n': 2 } })
  if (outcome.status !== 'succeeded') return 'failed'
  const result = outcome.outputs['result']
  return result instanceof Variable ? result.value : 'failed'
}

const filter = (comparison_operator: string, value: Value, key = ''): Dict => ({
  filter_by: { enabled: true, conditions: [{ key, comparison_operator, value }] },
})

const file = (filename: string, size: number) => ({
  dify_model_identity: FILE_IDENTITY,
  type: filename.endsWith('.png') ? 'image' : 'document',
  transfer_method: 'local_file',
  filename,
  extension: filename.slice(filename.lastIndexOf('.')),
  mime_type: 'x/y',
  size,
})
const files = [file('b.png', 30), file('a.pdf', 200), file('c.png', 4)]

describe('2.22 list-operator: filters', () => {
  it.each<readonly [string, Value, readonly Value[], Value]>([
    ['contains', 'a', ['ab', 'c'], ['ab']],
    ['not contains', 'a', ['ab', 'c'], ['c']],
    ['start with', 'a', ['ab', 'ba'], ['ab']],
    ['end with', 'a', ['ab', 'ba'], ['ba']],
    ['is', 'a', ['a', 'b'], ['a']],
    ['is not', 'a', ['a', 'b'], ['b']],
    ['in', 'abc', ['ab', 'd'], ['ab']],
    ['not in', 'abc', ['ab', 'd'], ['d']],
    ['empty', '', ['', 'a'], ['']],
    ['not empty', '', ['', 'a'], ['a']],
    ['=', '2', [1, 2, float(2)], [2, float(2)]],
    ['≠', '2', [1, 2], [1]],
    ['<', '1.5', [1, 2], [1]],
    ['≤', '1', [1, 2], [1]],
    ['>', '{{#b.n#}}', [2, 3], [3]],
    ['≥', '2', [1, 2], [2]],
    ['>', 'many', [1], 'failed'],
    ['contains', '1', [1], 'failed'],
    ['is', true, [true, false], [true]],
    ['is not', true, [true, false], [false]],
    ['is', 'true', [true], 'failed'],
  ])('%s %j of %j', async (operator, value, list, expected) => {
    expect(await operate(list, filter(operator, value))).toEqual(expected)
  })

  it.each([
    ['name', 'contains', 'a', ['a.pdf']],
    ['extension', 'is', '.png', ['b.png', 'c.png']],
    ['type', 'in', ['document'], ['a.pdf']],
    ['transfer_method', 'not in', ['remote_url'], ['b.png', 'a.pdf', 'c.png']],
    ['size', '>', '20', ['b.png', 'a.pdf']],
  ] as const)('files by %s %s %j', async (key, operator, value, names) => {
    const result = await operate(files, filter(operator, value, key))
    expect(result).toEqual(files.filter(({ filename }) => names.some((name) => name === filename)))
  })

  it('on files refuse what does not fit the attribute', async () => {
    expect(await operate(files, filter('is', 'image', 'type'))).toBe('failed')
    expect(await operate(files, filter('is', 'x', 'colour'))).toBe('failed')
  })

  it('are applied one after the other', async () => {
    const conditions = [
      { comparison_operator: '>', value: '1' },
      { comparison_operator: '<', value: '4' },
    ]
    expect(await operate([1, 2, 3, 4], { filter_by: { enabled: true, conditions } })).toEqual([2, 3])
  })
})

describe('2.22 list-operator: the rest', () => {
  it('goes filter, extract, order, limit (9.14)', async () => {
    const all = {
      ...filter('>', '1'),
      order_by: { enabled: true, value: 'desc' },
      limit: { enabled: true, size: 2 },
    }
    expect(await operate([1, 4, 2, 3], all)).toEqual([4, 3])
    expect(await operate([1, 4, 2, 3], { ...all, extract_by: { enabled: true, serial: '{{#b.n#}}' } })).toEqual([2])
  })

  it('numbers items from 1', async () => {
    for (const serial of ['0', '4', 'first', '']) {
      expect(await operate([1, 2, 3], { extract_by: { enabled: true, serial } })).toBe('failed')
    }
    expect(await operate([1, 2, 3], { extract_by: { enabled: true, serial: '3' } })).toEqual([3])
  })

  it('orders numbers as numbers, texts by code points, files by the attribute asked for', async () => {
    expect(await operate([10, 9.5, 1], { order_by: { enabled: true, value: 'asc' } })).toEqual([1, 9.5, 10])
    expect(await operate(['b', 'B', 'a'], { order_by: { enabled: true, value: 'asc' } })).toEqual(['B', 'a', 'b'])
    const bySize = { order_by: { enabled: true, key: 'size', value: 'asc' } }
    expect(await operate(files, bySize)).toEqual([files[2], files[0], files[1]])
  })

  it('is done for lists of texts, numbers, booleans and files only', async () => {
    expect(await operate([{ a: 1 }], {})).toBe('failed')
    expect(await operate([1, 'a'], {})).toBe('failed')
    expect(await operate('text', {})).toBe('failed')
    const { outcome } = await runNode(listOperatorNode, { variable: ['no', 'where'] })
    expect(outcome).toMatchObject({ status: 'failed', errorType: '' })
  })

  it('gives the first and the last, and an empty list of the same type for an empty one', async () => {
    const { outcome } = await runNode(listOperatorNode, { variable: ['a', 'list'] }, { variables: { 'a.list': ['x', 'y'] } })
    expect(outcome).toMatchObject({ outputs: { result: { type: 'array[string]' }, first_record: 'x', last_record: 'y' } })
    const empty = await runNode(
      listOperatorNode,
      { variable: ['a', 'list'], extract_by: { enabled: true, serial: '1' } },
      { variables: { 'a.list': new Variable([], 'array[number]') } },
    )
    expect(empty.outcome).toMatchObject({
      outputs: { result: { type: 'array[number]', value: [] }, first_record: null, last_record: null },
    })
  })
})
