import { describe, expect, it } from 'vitest'
import { createEcho } from './address-echo.ts'

describe('the echo of addresses', () => {
  it('knows its own again, those too that overtook others', () => {
    const echo = createEcho('')
    expect(echo.hears('')).toBe(true)
    for (const address of ['a', 'ab', 'abc']) expect(echo.writes(address)).toBe(true)
    expect(echo.hears('a')).toBe(true)
    expect(echo.hears('abc')).toBe(true)
  })

  it('tells those of others, and ones of its own that are gone back to', () => {
    const echo = createEcho('')
    echo.writes('a')
    echo.hears('a')
    expect(echo.hears('')).toBe(false)
    expect(echo.hears('')).toBe(true)
    expect(echo.hears('a')).toBe(false)
  })

  it('writes nothing that stands there already', () => {
    const echo = createEcho('a')
    expect(echo.writes('a')).toBe(false)
    expect(echo.writes('b')).toBe(true)
    expect(echo.writes('b')).toBe(false)
    expect(echo.writes('a')).toBe(true)
  })
})
