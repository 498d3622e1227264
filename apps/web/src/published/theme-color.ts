/** An app's own colour as the page's accents: legible in both themes, whatever was chosen. */
export interface ThemeColors {
  readonly accent: string
  readonly hover: string
  /** On the accent. */
  readonly ink: string
  readonly soft: string
  readonly line: string
}

type Rgb = readonly [number, number, number]

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]
/** The grounds that accents stand on (`design/tokens.css`). */
const LIGHT: Rgb = [245, 245, 242]
const DARK: Rgb = [32, 33, 30]
/** WCAG 2.2 AA of text. */
const LEAST_CONTRAST = 4.5

/** Undefined where it is no colour as `#rgb` or `#rrggbb`. */
export function toThemeColors(color: string, theme: 'light' | 'dark'): ThemeColors | undefined {
  const chosen = parseHex(color)
  if (!chosen) return undefined
  const [ground, away] = theme === 'light' ? [LIGHT, BLACK] : [DARK, WHITE]
  const accent = legible(chosen, ground, away)
  return {
    accent: toHex(accent),
    hover: toHex(mix(accent, away, 0.15)),
    ink: toHex(contrast(accent, WHITE) >= contrast(accent, BLACK) ? WHITE : BLACK),
    soft: toHex(mix(ground, accent, 0.12)),
    line: toHex(mix(ground, accent, 0.35)),
  }
}

/** Puts the colour on the page; what is no colour leaves it as it is. */
export function applyThemeColor(color: string | null): void {
  const light = toThemeColors(color ?? '', 'light')
  const dark = toThemeColors(color ?? '', 'dark')
  if (!light || !dark) return
  const { style } = document.documentElement
  for (const [token, name] of tokens) style.setProperty(token, `light-dark(${light[name]}, ${dark[name]})`)
}

const tokens: readonly (readonly [string, keyof ThemeColors])[] = [
  ['--accent', 'accent'],
  ['--accent-2', 'hover'],
  ['--accent-ink', 'ink'],
  ['--accent-soft', 'soft'],
  ['--accent-line', 'line'],
]

function parseHex(text: string): Rgb | undefined {
  const digits = /^#?([\da-f]{3}|[\da-f]{6})$/iu.exec(text.trim())?.[1]
  if (digits === undefined) return undefined
  const whole = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits
  return [0, 2, 4].map((at) => Number.parseInt(whole.slice(at, at + 2), 16)) as unknown as Rgb // three parts make three numbers
}

/** The colour, moved away from its ground until text in it can be read. */
function legible(color: Rgb, ground: Rgb, away: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const moved = mix(color, away, share)
    if (contrast(moved, ground) >= LEAST_CONTRAST) return moved
  }
  return away
}

function mix([red, green, blue]: Rgb, other: Rgb, share: number): Rgb {
  const between = (one: number, two: number) => Math.round(one + (two - one) * share)
  return [between(red, other[0]), between(green, other[1]), between(blue, other[2])]
}

function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

/** WCAG's relative luminance. */
function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

const toHex = (color: Rgb): string => `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`
