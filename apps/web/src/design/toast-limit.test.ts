import { expect, it } from 'vitest'
import { surplusToasts } from './toast-limit.ts'

const toasts = [
  { id: 'e', actionProps: {} },
  { id: 'd' },
  { id: 'c', actionProps: {}, transitionStatus: 'ending' },
  { id: 'b', actionProps: {} },
  { id: 'a', actionProps: {} },
]

it('keeps the two newest toasts with an action, and each without one', () => {
  expect(surplusToasts(toasts, false)).toEqual(['a'])
})

it('keeps the newest alone on a phone', () => {
  expect(surplusToasts(toasts, true)).toEqual(['d', 'b', 'a'])
})
