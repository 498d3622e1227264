import { describe, expect, it } from 'vitest'
import { formatList } from './format-list.ts'

const either: Intl.ListFormatOptions = { type: 'disjunction', style: 'short' }

describe('formatList', () => {
  it('is as the language has it', () => {
    expect(formatList('en-US', ['Images', '.dxf', '.stl'], either)).toBe('Images, .dxf, or .stl')
    expect(formatList('zh-Hans', ['图片', '文档'], either)).toBe('图片或文档')
    expect(formatList('zh-Hans', ['图片', '文档', '音频'])).toBe('图片、文档和音频')
  })

  it('parts a Chinese word from what is not Chinese', () => {
    expect(formatList('zh-Hans', ['图片', '.dxf', '.stl'], either)).toBe('图片、.dxf 或 .stl')
    expect(formatList('zh-Hans', ['图片', '.dxf'], either)).toBe('图片或 .dxf')
  })
})
