import { describe, expect, it } from 'vitest'
import { highlight } from './highlight.ts'
import type { CodePart } from './highlighted-parts.ts'

const textOf = (parts: readonly CodePart[]): string => parts.map((part) => (typeof part === 'string' ? part : textOf(part.parts))).join('')

describe('coloured code', () => {
  it.each([
    ['javascript', 'const a = `<b>` + "x" && \'y\' // &lt; <script>alert(1)</script>'],
    ['xml', '<img src=x onerror="alert(1)"><span class="a">&amp;</span>'],
    ['python', "print('<', \"&\", f'{1}')"],
    ['markdown', '# <svg onload=alert(1)>\n[x](javascript:alert(1))'],
  ])('of %s says what the code says, as text', (language, code) => {
    const parts = highlight(code, language)
    expect(textOf(parts ?? [])).toBe(code)
    expect(parts?.some((part) => typeof part !== 'string' && part.className.startsWith('hljs-'))).toBe(true)
  })

  it('nests', () => {
    expect(highlight('<a>', 'xml')).toEqual([{ className: 'hljs-tag', parts: ['<', { className: 'hljs-name', parts: ['a'] }, '>'] }])
  })

  it('is not made of languages that are not ours', () => {
    expect(highlight('x', 'brainfuck')).toBeNull()
  })
})
