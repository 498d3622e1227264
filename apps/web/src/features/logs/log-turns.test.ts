import { expect, it } from 'vitest'
import type { LogMessage } from '../../api/types/conversations.ts'
import { toLoggedTurns } from './log-turns.ts'

const LINEAR = '00000000-0000-0000-0000-000000000000'
const turn = (id: string, query: string, parent_message_id: string | null): LogMessage => ({ id, query, parent_message_id }) as LogMessage // these keys are read only

const attempts = (...turns: readonly LogMessage[]) => toLoggedTurns(turns).map(({ attempt }) => attempt)

it('counts the answers to one question', () => {
  expect(
    attempts(turn('a', 'Hi', null), turn('b', 'Hi', null), turn('c', 'Why?', 'b'), turn('d', 'Why?', 'b'), turn('e', 'Why?', 'b')),
  ).toEqual([1, 2, 1, 2, 3])
})

it('takes a question that was changed, or is asked once more later, for one of its own', () => {
  expect(attempts(turn('a', 'Hi', null), turn('b', 'Hello', null), turn('c', 'Hi', 'b'))).toEqual([1, 1, 1])
  expect(attempts(turn('a', 'Hi', LINEAR), turn('b', 'Hi', LINEAR))).toEqual([1, 1])
})
