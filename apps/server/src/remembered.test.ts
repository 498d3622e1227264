import { createMemoryCache } from '@trellis/cache'
import { silentLogger } from '@trellis/spec'
import { expect, it } from 'vitest'
import { Remembered } from './remembered.ts'
import { createTableChanges } from './table-changes.ts'

function build(limit = 10) {
  const changes = createTableChanges(silentLogger)
  let now = 0
  const clock = { now: () => now }
  const remembered = new Remembered<{ value: number }>({ clock, changes, tables: ['apps', 'tenants'], lifetimeMs: 5_000, limit })
  let reads = 0
  const read = async () => ({ value: ++reads })
  return {
    changes,
    remembered,
    get: async (key = 'key') => (await remembered.get(key, read))?.value,
    pass: (milliseconds: number) => {
      now += milliseconds
    },
  }
}

it('reads once, and again when one of its tables has changed', async () => {
  const { get, changes } = build()
  expect([await get(), await get()]).toEqual([1, 1])
  changes.committed(new Set(['runs']))
  expect(await get()).toBe(1)
  changes.committed(new Set(['runs', 'tenants']))
  expect(await get()).toBe(2)
})

it('keeps nothing that was read while a change was committed', async () => {
  const { remembered, get, changes } = build()
  const reading = Promise.withResolvers<{ value: number }>()
  const early = remembered.get('key', () => reading.promise)
  changes.committed(new Set(['apps']))
  reading.resolve({ value: 0 })
  expect(await early).toEqual({ value: 0 })
  expect(await get()).toBe(1)
})

it('grows old, and looks each time for what is not there', async () => {
  const { remembered, get, pass } = build()
  await get()
  pass(4_999)
  expect(await get()).toBe(1)
  pass(1)
  expect(await get()).toBe(2)
  expect(await remembered.get('missing', async () => undefined)).toBeUndefined()
  expect(await remembered.get('missing', async () => ({ value: 7 }))).toEqual({ value: 7 })
})

it('holds a bounded number of things', async () => {
  const { get } = build(2)
  await get('a')
  await get('b')
  await get('c')
  expect(await get('a')).toBe(4)
})

it('hears of changes that other processes committed, and does not tell its own twice', async () => {
  const clock = { now: () => 0 }
  const { liveEvents } = createMemoryCache({ clock, logger: silentLogger })
  const [here, there] = [createTableChanges(silentLogger), createTableChanges(silentLogger)]
  await Promise.all([here.connect(liveEvents), there.connect(liveEvents)])
  const heard: string[] = []
  here.listen(['apps'], () => heard.push('here'))
  there.listen(['apps', 'tenants'], () => heard.push('there'))
  there.committed(new Set(['apps']))
  await expect.poll(() => heard).toEqual(['there', 'here'])
})
