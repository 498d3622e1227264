import type { NodeLimits } from '@trellis/spec'
import { compareNumbers, isFloat, type Numeric, toNumber } from '@trellis/values'
import { invalidOutput } from './code-output-error.ts'

/** Values of their own: how long, how large, how exact. @throws CodeOutputError */

/** The text without NUL characters, which databases refuse. */
export function checkText(text: string, path: string, { codeMaxStringLength }: NodeLimits): string {
  if (isLonger(text, codeMaxStringLength)) {
    throw invalidOutput(
      `Output "${path}" has more than ${codeMaxStringLength} characters. Let the code return less, or raise CODE_MAX_STRING_LENGTH.`,
    )
  }
  return text.includes('\0') ? text.replaceAll('\0', '') : text
}

export function checkNumber(value: Numeric | boolean, path: string, limits: NodeLimits): void {
  const { codeMinNumber: minimum, codeMaxNumber: maximum, codeMaxPrecision } = limits
  if (compareNumbers(value, maximum) > 0 || compareNumbers(value, minimum) < 0) {
    const remedy = 'Return it as text, or change CODE_MIN_NUMBER and CODE_MAX_NUMBER.'
    throw invalidOutput(`Output "${path}" is outside of ${minimum} to ${maximum}. ${remedy}`)
  }
  if (isFloat(value) && decimalsOf(toNumber(value)) > codeMaxPrecision) {
    throw invalidOutput(`Output "${path}" has more than ${codeMaxPrecision} decimals. Round it, or raise CODE_MAX_PRECISION.`)
  }
}

export function checkLength(items: readonly unknown[], path: string, most: number, variable: string): void {
  if (items.length > most)
    throw invalidOutput(`Output "${path}" has ${items.length} items, more than the ${most} allowed. Return fewer, or raise ${variable}.`)
}

/** Counted in characters, of which some take two units of a JavaScript string. */
function isLonger(text: string, most: number): boolean {
  if (text.length <= most) return false
  if (text.length > 2 * most) return true
  let count = 0
  for (const _ of text) if (++count > most) return true
  return false
}

/** How many decimals the shortest text of a float has. */
function decimalsOf(value: number): number {
  const [, decimals = '', exponent = '0'] = /^-?\d(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential()) ?? []
  return Math.max(0, decimals.length - Number(exponent))
}
