import { describe, expect, it } from 'vitest'
import { createPlainTest } from './is-plain.ts'

const isPlain = createPlainTest()
const main = (body: string): string => `function main({ text }) { ${body} }`

describe('code that needs nothing but the language', () => {
  it.each([
    ['the inputs and built-ins', main('return { n: text.split(",").map(Number), d: new Date(0), m: Math.max(1, 2) }')],
    [
      'functions, classes and constants of its own',
      'const rate = 2\nclass A { #x = rate; get x() { return this.#x } }\nconst main = () => ({ x: new A().x })',
    ],
    ['names that look foreign but are its own', main('const process = 1; function fetch(Buffer) { return Buffer } return fetch(process)')],
    ['properties of any name', main('return { process: text.require, fetch: [].constructor }')],
    ['arguments, labels and regular expressions', main('outer: for (const x of arguments) { if (/a+/u.test(x)) break outer } return {}')],
    [
      'async functions and generators',
      'async function* g() { yield 1 }\nasync function main() { for await (const x of g()) return { x } }',
    ],
    ['a return at the top', 'function main() { return {} }\nif (false) return'],
  ])('is seen by %s', (_, code) => expect(isPlain(code)).toBe(true))

  it.each([
    ['require', main('return require("crypto")')],
    ['Buffer', main('return Buffer.from(text).toString("base64")')],
    ['console', main('console.log(text); return {}')],
    ['timers', 'const main = () => new Promise((resolve) => setTimeout(resolve, 1))'],
    ['process, even by typeof', main('return { is: typeof process }')],
    ['globalThis', main('return globalThis.process')],
    ['eval', main('return eval("process")')],
    ['Function', main('return new Function("return process")()')],
    ['names that are set without being declared', main('total = 1; return { total }')],
    ['modules', main('return import("node:fs")')],
    ['exports', 'module.exports = {}\nfunction main() { return {} }'],
    ['memory that is shared', main('return new SharedArrayBuffer(8)')],
    ['a name in a default value', 'function main({ a = fetch }) { return { a } }'],
    ['a name in a template', main('return `$ {process.pid}`'.replace('$ ', '$'))],
  ])('is not there with %s', (_, code) => expect(isPlain(code)).toBe(false))

  it('is not seen where there is no main, no sense, or no end to it', () => {
    expect(isPlain('const other = 1')).toBe(false)
    expect(isPlain('function main( {')).toBe(false)
    expect(isPlain(main(`return ${'('.repeat(20_000)}1${')'.repeat(20_000)}`))).toBe(false)
    expect(isPlain(`${main('return {}')}//${'x'.repeat(70_000)}`)).toBe(false)
  })
})
