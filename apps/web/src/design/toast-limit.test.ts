import { expect, it } from 'vitest'
import { surplusActionToasts } from './toast-limit.ts'

it('keeps the two newest toasts with an action, and each without one', () => {
  const toasts = [
    { id: 'e', actionProps: {} },
    { id: 'd' },
    { id: 'c', actionProps: {}, transitionStatus: 'ending' },
    { id: 'b', actionProps: {} },
    { id: 'a', actionProps: {} },
  ]
  expect(surplusActionToasts(toasts)).toEqual(['a'])
})
