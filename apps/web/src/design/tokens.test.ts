import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const source = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** The plain colours of one block of the file. */
function colours(selector: string): Map<string, string> {
  const block = source.slice(source.indexOf(selector)).split('}')[0] ?? ''
  return new Map([...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})/gu)].map((match) => [match[1] ?? '', match[2] ?? '']))
}

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(left: string, right: string): number {
  const [dark = 0, light = 0] = [luminance(left), luminance(right)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const backgrounds = ['bg', 'surface', 'surface-2']
const texts = ['ink', 'ink-2', 'ink-3', 'accent', 'ok', 'warn', 'bad', 'info', 'model', 'logic', 'data', 'code']
const pairs = [
  ...texts.flatMap((text) => backgrounds.map((background) => [text, background] as const)),
  ...['accent', 'ok', 'warn', 'bad', 'info'].map((tone) => [tone, `${tone}-soft`] as const),
  ...['ok', 'warn', 'bad', 'info'].map((tone) => ['ink', `${tone}-soft`] as const),
  ['accent-ink', 'accent'] as const,
  ['accent-ink', 'accent-2'] as const,
  ['bad-ink', 'bad'] as const,
]

/** What only its edge tells apart from its ground (WCAG 1.4.11). */
const edges = backgrounds.map((background) => ['field', background] as const)

describe.each([':root', '[data-theme="dark"]'])('the colours of %s', (selector) => {
  const theme = colours(selector)
  it.each(pairs)('%s can be read on %s (WCAG AA)', (text, background) => {
    expect(contrast(theme.get(text) ?? '', theme.get(background) ?? '')).toBeGreaterThanOrEqual(4.5)
  })
  it.each(edges)('the edge of a %s can be seen on %s (WCAG AA)', (edge, background) => {
    expect(contrast(theme.get(edge) ?? '', theme.get(background) ?? '')).toBeGreaterThanOrEqual(3)
  })
})
