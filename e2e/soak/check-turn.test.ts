import { describe, expect, it } from 'vitest'
import { checkTurn } from './check-turn.ts'
import type { SeenFrame, SeenTurn, Stored } from './turn.ts'

const plan: SeenTurn['plan'] = {
  tag: 't',
  kind: 'streaming with ids',
  door: { path: '/v1', headers: {}, user: 'ann' },
  conversationId: undefined,
  text: 'one two three',
}
const word = (id: string, answer: string): SeenFrame => ({ id, data: { event: 'message', answer } })
const messageEnd = (id: string): SeenFrame => ({ id, data: { event: 'message_end' } })
const replace = (id: string, answer: string): SeenFrame => ({ id, data: { event: 'message_replace', answer } })
const error = (id: string): SeenFrame => ({ id, data: { event: 'error', code: 'run_interrupted' } })
const seen = (...frames: readonly SeenFrame[]): SeenTurn => ({ plan, frames, whole: undefined, refusal: undefined })
const whole: Stored = { messageId: 'm', query: '#t#', answer: 'one two three', status: 'normal', error: null }
const cut: Stored = { ...whole, answer: 'one', status: 'error', error: 'The server stopped while this answer was being written.' }

describe('a turn before and after a kill', () => {
  it.each([
    ['whole, its end seen', seen(word('0-1', 'one two'), word('0-2', ' three'), messageEnd('0-3')), whole, []],
    ['whole, its end not seen', seen(word('0-1', 'one')), whole, [word('0-2', ' two three'), messageEnd('0-3')]],
    ['interrupted', seen(word('0-1', 'one'), word('0-2', ' two')), cut, [replace('1-2', 'one'), error('1-3')]],
    ['interrupted before a word was journalled', seen(word('0-1', 'one')), { ...cut, answer: '' }, [replace('1-1', ''), error('1-2')]],
    ['never accepted, as nothing was told', seen(), undefined, []],
  ] as const)('is as it should be where it is %s', (_, turn, stored, rest) => {
    expect(checkTurn(turn, stored, rest).complaints).toEqual([])
  })

  it.each([
    ['is gone', seen(word('0-1', 'one')), undefined, []],
    ['lost the end that was told', seen(word('0-1', 'one two three'), messageEnd('0-2')), cut, []],
    ['has another text', seen(word('0-1', 'one')), { ...whole, answer: 'one two' }, [word('0-2', ' two'), messageEnd('0-3')]],
    ['says nothing of the interruption', seen(word('0-1', 'one')), { ...cut, error: null }, [replace('1-2', 'one'), error('1-3')]],
    ['is stuck', seen(word('0-1', 'one')), { ...cut, status: 'running' }, [replace('1-2', 'one'), error('1-3')]],
    ['goes on with a gap', seen(word('0-1', 'one')), whole, [word('0-3', ' two three'), messageEnd('0-4')]],
    ['says a word twice', seen(word('0-1', 'one')), whole, [word('0-2', 'one two three'), messageEnd('0-3')]],
    ['leaves what is not stored', seen(word('0-1', 'one'), word('0-2', ' two')), cut, [error('1-3')]],
    ['never ends', seen(word('0-1', 'one')), whole, [word('0-2', ' two three')]],
    ['ends twice', seen(word('0-1', 'one two three'), messageEnd('0-2')), whole, [messageEnd('0-2')]],
  ] as const)('is complained of where it %s', (_, turn, stored, rest) => {
    expect(checkTurn(turn, stored, rest).complaints).not.toEqual([])
  })
})
