import { describe, expect, it } from 'vitest'
import { toChunks } from './app-chunks.ts'

const apps = (count: number) => Array.from({ length: count }, (_, position) => position)

describe('the list of apps in chunks', () => {
  it('fills whole rows of one to six columns, and the last one as far as it goes', () => {
    const chunks = toChunks(apps(130), 0)
    expect(chunks.map(({ start, items }) => [start, items.length])).toEqual([
      [0, 60],
      [60, 60],
      [120, 10],
    ])
    expect(chunks.flatMap(({ items }) => items)).toEqual(apps(130))
  })
  it('leaves cells of the first rows to what stands before the apps', () => {
    expect(toChunks(apps(61), 1).map(({ start, items }) => [start, items.length])).toEqual([
      [0, 59],
      [59, 2],
    ])
  })
  it('has a place for what stands before the apps where there are none', () => {
    expect(toChunks([], 1)).toEqual([{ start: 0, items: [] }])
  })
})
