import { expect, it } from 'vitest'
import { readUserName, toUserSearch } from './user-name.ts'

it('visitors whom nobody named are told apart by the end of their session, which is not the same for all of a day', () => {
  const [one, other] = ['018f0000-0000-7000-8000-0000003F2A9C', '018f0000-0000-7000-8000-00000087d001']
  expect([readUserName(one, true), readUserName(other, true)]).toEqual([
    { kind: 'visitor', mark: '3f2a9c' },
    { kind: 'visitor', mark: '87d001' },
  ])
})

it('names are those that a person or a program has', () => {
  expect(readUserName('ada@example.com', false)).toEqual({ kind: 'named', name: 'ada@example.com' })
  expect(readUserName('DEFAULT-USER', false)).toEqual({ kind: 'unnamed' })
})

it('ids that programs give their users are their names', () => {
  const name = '018f0000-0000-7000-8000-0000003F2A9C'
  expect(readUserName(name, false)).toEqual({ kind: 'named', name })
})

it('visitors are found by what is shown of them', () => {
  const toShown = (mark: string) => `Visitor ${mark}`
  const search = (text: string) => toUserSearch(text, toShown)
  expect(['Visitor 3f2a9c', ' visitor 3F2A9C ', 'Visitor 3f', '3f2a9c'].map(search)).toEqual(['3f2a9c', '3F2A9C', '3f', '3f2a9c'])
  expect(['Visitor', 'Visitor 9', 'Visitor x', 'ada', ''].map(search)).toEqual(['Visitor', '9', 'Visitor x', 'ada', ''])
})
