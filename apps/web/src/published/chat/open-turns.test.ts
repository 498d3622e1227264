import { expect, it } from 'vitest'
import { createOpenTurns } from './open-turns.ts'

function aStore(text?: string) {
  let kept = text
  const write = (_: string, value: string | undefined) => {
    kept = value
  }
  return { read: () => kept, write }
}

const turn = { conversationId: 'c', messageId: 'm' }

it('is remembered by the next life of the page until it ends', () => {
  const store = aStore()
  createOpenTurns('code', store).put('1', { newestId: null })
  createOpenTurns('code', store).put('1', turn)
  const openTurns = createOpenTurns('code', store)
  expect(openTurns.list()).toEqual([turn])
  openTurns.remove('1')
  expect([openTurns.list(), store.read()]).toEqual([[], undefined])
})

it('stays open while the page is being left', () => {
  const openTurns = createOpenTurns('code', aStore())
  openTurns.put('1', turn)
  openTurns.freeze(true)
  openTurns.remove('1')
  expect(openTurns.list()).toEqual([turn])
})

it('takes a broken text for nothing', () => {
  expect(createOpenTurns('code', aStore('{')).list()).toEqual([])
})
