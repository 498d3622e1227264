import { expect, it } from 'vitest'
import { isFollowing } from './is-following.ts'

it('leaves the end where somebody scrolls up, and only then', () => {
  expect(isFollowing(true, 500, { top: 400, toEndPx: 100 })).toBe(false)
  expect(isFollowing(true, 500, { top: 490, toEndPx: 10 })).toBe(true)
})

it('stays with an end that has run away meanwhile', () => {
  expect(isFollowing(true, 500, { top: 500, toEndPx: 300 })).toBe(true)
  expect(isFollowing(true, 500, { top: 620, toEndPx: 180 })).toBe(true)
})

it('comes back to it where somebody has scrolled there', () => {
  expect(isFollowing(false, 400, { top: 450, toEndPx: 50 })).toBe(false)
  expect(isFollowing(false, 450, { top: 480, toEndPx: 20 })).toBe(true)
})
