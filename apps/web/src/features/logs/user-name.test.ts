import { expect, it } from 'vitest'
import { readUserName } from './user-name.ts'

it('visitors whom nobody named are told apart by the end of their session, which is not the same for all of a day', () => {
  const [one, other] = ['018f0000-0000-7000-8000-0000003F2A9C', '018f0000-0000-7000-8000-00000087d001']
  expect([readUserName(one), readUserName(other)]).toEqual([
    { kind: 'visitor', mark: '3f2a9c' },
    { kind: 'visitor', mark: '87d001' },
  ])
})

it('names are those that a person or a program has', () => {
  expect(readUserName('ada@example.com')).toEqual({ kind: 'named', name: 'ada@example.com' })
  expect(readUserName('DEFAULT-USER')).toEqual({ kind: 'unnamed' })
})
