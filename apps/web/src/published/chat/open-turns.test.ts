import { expect, it } from 'vitest'
import { createOpenTurns } from './open-turns.ts'

function aStore(text?: string) {
  let kept = text
  const write = (_: string, value: string | undefined) => {
    kept = value
  }
  return { read: () => kept, write }
}

it('is remembered by the next life of the page until it ends', () => {
  const store = aStore()
  createOpenTurns('code', store).put('1', 'l')
  createOpenTurns('code', store).put('1', 'm')
  const openTurns = createOpenTurns('code', store)
  expect(openTurns.list()).toEqual(['m'])
  openTurns.remove('1')
  expect([openTurns.list(), store.read()]).toEqual([[], undefined])
})

it('stays open while the page is being left', () => {
  const openTurns = createOpenTurns('code', aStore())
  openTurns.put('1', 'm')
  openTurns.freeze(true)
  openTurns.remove('1')
  expect(openTurns.list()).toEqual(['m'])
})

it('takes a broken text for nothing', () => {
  expect(createOpenTurns('code', aStore('{')).list()).toEqual([])
})
