import { describe, expect, it } from 'vitest'
import { createIdSource, firstIdAt, isUuid, newId, randomHex, randomToken } from './ids.ts'

const RANDOM = 'fff00000-0000-4000-b123-456789abcdef'

describe('newId', () => {
  it('makes lower-case UUIDs of version 7 in ascending order', () => {
    const ids = Array.from({ length: 20_000 }, newId)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('begins with the time in milliseconds', () => {
    const id = createIdSource({ now: () => 0x0123_4567_89ab, randomUuid: () => RANDOM })()
    expect(id).toBe('01234567-89ab-77ff-b123-456789abcdef')
  })

  it('keeps ascending when the clock stands still, overflows its counter or runs backwards', () => {
    let now = 1_000_000
    const next = createIdSource({ now: () => now, randomUuid: () => RANDOM })
    const ids = Array.from({ length: 5_000 }, next)
    now -= 500_000
    ids.push(next(), next())
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
  })
})

describe('firstIdAt', () => {
  it('stands between the ids of before and those from then on', () => {
    const idAt = (now: number) => createIdSource({ now: () => now, randomUuid: () => '00000000-0000-4000-8000-000000000000' })()
    expect(firstIdAt(1_000_000) > idAt(999_999)).toBe(true)
    expect(firstIdAt(1_000_000) <= idAt(1_000_000)).toBe(true)
  })
})

describe('isUuid', () => {
  it.each([
    ['01234567-89ab-7cde-8f01-23456789abcd', true],
    ['01234567-89AB-7CDE-8F01-23456789ABCD', true],
    ['0123456789ab7cde8f0123456789abcd', false],
    ['01234567-89ab-7cde-8f01-23456789abcg', false],
    ['', false],
    [' 01234567-89ab-7cde-8f01-23456789abcd', false],
  ])('%s: %s', (text, expected) => {
    expect(isUuid(text)).toBe(expected)
  })
})

describe('random texts', () => {
  it('have the wanted length and alphabet', () => {
    expect(randomToken(24)).toMatch(/^[A-Za-z0-9]{24}$/)
    expect(randomToken(0)).toBe('')
    expect(randomToken(500)).toMatch(/^[A-Za-z0-9]{500}$/)
    expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/)
  })

  it('differ', () => {
    expect(randomToken(24)).not.toBe(randomToken(24))
  })
})
