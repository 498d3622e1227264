import { expect, it } from 'vitest'
import type { ModelUsage } from '../../../api/types/usage.ts'
import { isCostUnknown, toLines } from './usage-lines.ts'
import type { ModelNames } from './useModelNames.ts'

const sums = { calls: 1, failed_calls: 0, unpriced_calls: 0, prompt_tokens: 1, completion_tokens: 1, cost: '0' }
const id = (end: string) => `018f0000-0000-7000-8000-${end.padStart(12, '0')}`
const session = id('3f2a9c')
const usage: ModelUsage = {
  start: '2026-03-01',
  end: '2026-03-01',
  current: sums,
  previous: sums,
  days: [],
  previous_days: [],
  models: [{ provider: 'langgenius/openai/openai', model: 'gpt-5', ...sums }],
  apps: [
    { id: id('1'), name: 'Guide', ...sums },
    { id: id('2'), name: null, ...sums },
    { id: null, name: null, ...sums },
  ],
  people: [
    { id: id('3'), type: 'end_user', name: session, session_id: session, is_visitor: true, ...sums },
    { id: id('9'), type: 'end_user', name: session, session_id: session, is_visitor: false, ...sums },
    { id: id('4'), type: 'end_user', name: 'ada', session_id: 'ada', is_visitor: false, ...sums },
    { id: id('5'), type: 'end_user', name: 'DEFAULT-USER', session_id: 'DEFAULT-USER', is_visitor: true, ...sums },
    { id: id('6'), type: 'end_user', name: 'Ann', session_id: `member:${id('7')}`, is_visitor: true, ...sums },
    { id: id('7'), type: 'account', name: 'Ann', session_id: null, is_visitor: false, ...sums },
    { id: id('8'), type: 'end_user', name: null, session_id: null, is_visitor: false, ...sums },
    { id: null, type: null, name: null, session_id: null, is_visitor: false, ...sums },
  ],
  keys: [],
  purposes: [],
}
it('knows nothing of costs where no call has a known price', () => {
  expect(isCostUnknown({ ...sums, calls: 2, unpriced_calls: 2 })).toBe(true)
  expect(isCostUnknown({ ...sums, calls: 2, unpriced_calls: 1 })).toBe(false)
  expect(isCostUnknown({ ...sums, calls: 0 })).toBe(false)
})

const names: ModelNames = {
  providerOf: () => undefined,
  providerName: (provider) => `name of ${provider}`,
  isUnpriced: () => false,
  takesPrice: () => false,
  modelName: (provider, model) => `name of ${model} of ${provider}`,
}
const told = (table: 'models' | 'apps' | 'people') =>
  toLines(usage, table, names).map(({ name, without, mark, note }) => [name ?? [without, mark], note])

it('lines of usage have the names that things have elsewhere, never an id of ours', () => {
  expect(told('models')).toEqual([['name of gpt-5 of langgenius/openai/openai', 'name of langgenius/openai/openai']])
  expect(told('apps').map(([name]) => name)).toEqual(['Guide', ['goneApp', undefined], ['noApp', undefined]])
  expect(told('people')).toEqual([
    // The session is what the log finds them by.
    [['visitor', '3f2a9c'], session],
    // A program's own name for its user, though it is an id.
    [session, undefined],
    ['ada', undefined],
    [['unnamed', undefined], undefined],
    ['Ann', undefined],
    ['Ann', undefined],
    [['gonePerson', undefined], undefined],
    [['noPerson', undefined], undefined],
  ])
})
