import type { CodeCall, CodeCaller, CodeOutcome } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

export type CallLanguage = CodeCall['language']

export interface CallerSubject {
  readonly create: () => Promise<{ readonly caller: CodeCaller; readonly close: () => Promise<void> }>
  readonly languages: readonly CallLanguage[]
  readonly mechanism: string
  /** Its limits are set where it runs; a caller cannot tighten them. */
  readonly hasOwnLimits?: boolean
}

/** What every way of calling `main` owes its callers. */
export function describeCodeCaller(name: string, { create, languages, mechanism, hasOwnLimits = false }: CallerSubject): void {
  describe(`code caller: ${name}`, () => {
    let caller: CodeCaller
    let close: () => Promise<void>
    beforeAll(async () => {
      const created = await create()
      caller = created.caller
      close = created.close
    })
    afterAll(() => close())

    const call: Call = (language, code, inputs = {}, more = {}) =>
      caller.call(
        { language, code, inputsJson: typeof inputs === 'string' ? inputs : JSON.stringify(inputs), ...more },
        new AbortController().signal,
      )

    if (languages.includes('python3')) describePythonCalls(call, mechanism)
    if (languages.includes('javascript')) describeJavascriptCalls(call, mechanism)
    for (const language of languages) describeBounds(call, () => caller, { language, hasOwnLimits })
  })
}

type Call = (language: CallLanguage, code: string, inputs?: object | string, more?: Partial<CodeCall>) => Promise<CodeOutcome>

function describePythonCalls(call: Call, mechanism: string): void {
  const result = async (code: string, inputs?: object | string): Promise<string> => textOf(await call('python3', code, inputs))

  it('Python: calls main with the inputs as arguments by name and tells how', async () => {
    const outcome = await call('python3', 'def main(b, a):\n    return {"text": f"{a}-{b}"}', { a: 1, b: 'two' })
    expect(outcome).toMatchObject({ ok: true, mechanism })
    expect(JSON.parse(textOf(outcome))).toEqual({ text: '1-two' })
  })
  it('Python: keeps 1.0 apart from 1, and whole numbers of any size', async () => {
    const text = await result(
      'def main(a, b, c):\n    return {"a": a, "b": b, "c": c * 10, "d": 6 / 2}',
      '{"a": 1.0, "b": 1, "c": 123456789012345678901}',
    )
    expect(text.replaceAll(' ', '')).toBe('{"a":1.0,"b":1,"c":1234567890123456789010,"d":3.0}')
  })
  it('Python: passes text of every script, quotes, line ends and markers unharmed', async () => {
    const inputs = { text: '“ü” 日本語 🌿 \\ " \' \n\t\u2028 </script> <<RESULT>> {{x}} %s', nothing: null, list: [true, 0.5, { a: [] }] }
    expect(JSON.parse(await result('def main(**inputs):\n    return inputs', inputs))).toEqual(inputs)
  })
  it('Python: has the standard library', async () => {
    const code = `
import asyncio, base64, collections, csv, dataclasses, datetime, decimal, enum, hashlib, html, io, itertools, json, math, random, re
import statistics, string, textwrap, time, typing, unicodedata, urllib.parse, uuid, xml.etree.ElementTree, zlib, zoneinfo
@dataclasses.dataclass
class Item:
    day: datetime.date
def main():
    tree = xml.etree.ElementTree.fromstring("<a><b>1</b></a>")
    return {"day": Item(datetime.date(2026, 2, 28)).day.isoformat(), "hash": hashlib.sha256(b"x").hexdigest()[:8], "b": tree[0].text,
        "sum": str(decimal.Decimal("0.1") + decimal.Decimal("0.2")), "zone": str(zoneinfo.ZoneInfo("Asia/Tokyo"))}`
    expect(JSON.parse(await result(code))).toEqual({ day: '2026-02-28', hash: '2d711642', b: '1', sum: '0.3', zone: 'Asia/Tokyo' })
  })
  it('Python: waits for an async main', async () => {
    expect(
      JSON.parse(await result('import asyncio\nasync def main(a):\n    await asyncio.sleep(0.001)\n    return {"a": a}', { a: 1 })),
    ).toEqual({ a: 1 })
  })
  it('Python: functions see each other and the globals of the code', async () => {
    const code =
      'RATE = 2\ndef double(x):\n    return x * RATE\ndef main(x):\n    global RATE\n    RATE = 3\n    return [double(v) for v in x]'
    expect(JSON.parse(await result(code, { x: [1, 2] }))).toEqual([3, 6])
  })
  it.each([
    ['an error in main, with the line', 'def main():\n    x = 1\n    return x / 0', /ZeroDivisionError: division by zero[\s\S]*line 3/],
    ['code that does not parse', 'def main(:\n    pass', /SyntaxError/],
    ['no main', 'def other():\n    pass', /main/],
    ['an input that main does not take', 'def main(x):\n    return {}', /TypeError.*missing/],
    ['a result that JSON cannot hold', 'def main():\n    return {"a": {1, 2}}', /TypeError.*set.*JSON/],
    ['NaN', 'def main():\n    return {"a": float("nan")}', /NaN|JSON/],
    ['an exit', 'def main():\n    exit(3)', /exit|result/],
  ])('Python: tells of %s', async (_, code, message) => {
    expect(await call('python3', code)).toMatchObject({ ok: false, error: { kind: 'user-error', message: expect.stringMatching(message) } })
  })
}

function describeJavascriptCalls(call: Call, mechanism: string): void {
  const result = async (code: string, inputs?: object | string): Promise<string> => textOf(await call('javascript', code, inputs))

  it('JavaScript: calls main with the inputs as one object and tells how', async () => {
    const outcome = await call('javascript', 'function main({ a, b }) { return { text: [a, b].join("-") } }', { a: 1, b: 'two' })
    expect(outcome).toMatchObject({ ok: true, mechanism })
    expect(JSON.parse(textOf(outcome))).toEqual({ text: '1-two' })
  })
  it('JavaScript: passes text of every script, quotes, line ends and markers unharmed', async () => {
    const inputs = { text: '“ü” 日本語 🌿 \\ " \' ` $ {x} \n\t\u2028 </script> <<RESULT>>', nothing: null, list: [true, 0.5, { a: [] }] }
    expect(JSON.parse(await result('const main = (inputs) => inputs', inputs))).toEqual(inputs)
  })
  it('JavaScript: has the language: regular expressions, dates, maps, big integers, Intl, generators, classes', async () => {
    const code = `
class Counter { #counts = new Map(); add(word) { this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1); return this } get all() { return Object.fromEntries(this.#counts) } }
function* words(text) { for (const [word] of text.matchAll(/\\p{L}+/gu)) yield word }
function main({ text }) {
  const counter = new Counter()
  for (const word of words(text)) counter.add(word)
  return { ...counter.all, day: new Date(Date.UTC(2026, 1, 28)).toISOString(), big: String(2n ** 70n), price: new Intl.NumberFormat('de-DE').format(1234.5) }
}`
    const expected = { a: 2, b: 1, day: '2026-02-28T00:00:00.000Z', big: '1180591620717411303424', price: '1.234,5' }
    expect(JSON.parse(await result(code, { text: 'a b, a' }))).toEqual(expected)
  })
  it('JavaScript: waits for an async main', async () => {
    const code =
      'async function twice(x) { await null; return x * 2 }\nasync function main({ a }) { return { a: await twice(await twice(a)) } }'
    expect(JSON.parse(await result(code, { a: 1 }))).toEqual({ a: 4 })
  })
  it('JavaScript: leaves out what is undefined, as JSON does', async () => {
    expect(JSON.parse(await result('function main() { return { a: undefined, b: [undefined], c: new Date(0) } }'))).toEqual({
      b: [null],
      c: '1970-01-01T00:00:00.000Z',
    })
  })
  it.each([
    ['an error in main, with the line', 'function main() {\n  const x = null\n  return x.y\n}', /TypeError: Cannot read[\s\S]*line 3|:3/],
    ['a rejected promise', 'async function main() { throw new RangeError("far off") }', /RangeError: far off/],
    ['code that does not parse', 'function main( { return 1 }', /SyntaxError/],
    ['no main', 'function other() {}', /main/],
    ['a result that JSON cannot hold', 'function main() { const a = {}; a.a = a; return a }', /TypeError.*circular/],
    ['no result at all', 'function main() {}', /main|result/],
    ['something thrown that is no error', 'function main() { throw "plain words" }', /plain words/],
  ])('JavaScript: tells of %s', async (_, code, message) => {
    expect(await call('javascript', code)).toMatchObject({
      ok: false,
      error: { kind: 'user-error', message: expect.stringMatching(message) },
    })
  })
}

const loops = { python3: 'def main():\n    while True:\n        pass', javascript: 'function main() { for (;;) {} }' }
const echoes = { python3: 'def main(a):\n    return {"a": a}', javascript: 'function main({ a }) { return { a } }' }
const letters = { python3: 'def main(n):\n    return "x" * n', javascript: 'function main({ n }) { return "x".repeat(n) }' }

interface BoundsSubject {
  readonly language: CallLanguage
  readonly hasOwnLimits: boolean
}

function describeBounds(call: Call, caller: () => CodeCaller, { language, hasOwnLimits }: BoundsSubject): void {
  it.skipIf(hasOwnLimits)(`${language}: ends a loop when its time is over, names the limit, and goes on serving`, async () => {
    const outcome = await call(language, loops[language], {}, { limits: { timeoutMs: 300 } })
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'timeout', message: expect.stringMatching(/TIMEOUT/) } })
    expect(JSON.parse(textOf(await call(language, echoes[language], { a: 1 })))).toEqual({ a: 1 })
  })
  it(`${language}: ends a loop when its caller gives up`, async () => {
    const reason = new Error('the caller went away')
    const controller = new AbortController()
    const outcome = caller().call({ language, code: loops[language], inputsJson: '{}' }, controller.signal)
    setTimeout(() => controller.abort(reason), 100)
    await expect(outcome).rejects.toBe(reason)
  })
  it(`${language}: serves nobody who has given up before`, async () => {
    const reason = new Error('too late')
    await expect(caller().call({ language, code: echoes[language], inputsJson: '{"a":1}' }, AbortSignal.abort(reason))).rejects.toBe(reason)
  })
  it(`${language}: passes large inputs and results`, async () => {
    const a = 'ü'.repeat(1_000_000)
    expect(JSON.parse(textOf(await call(language, echoes[language], { a })))).toEqual({ a })
    expect(JSON.parse(textOf(await call(language, letters[language], { n: 3_000_000 })))).toHaveLength(3_000_000)
  })
  it(`${language}: keeps twenty calls at once apart`, async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => index)
    const outcomes = await Promise.all(numbers.map((a) => call(language, echoes[language], { a })))
    expect(outcomes.map((outcome) => JSON.parse(textOf(outcome)))).toEqual(numbers.map((a) => ({ a })))
  })
}

/** The JSON text of a result; the failure in words where it is none. */
function textOf(outcome: CodeOutcome): string {
  if (outcome.ok) return outcome.resultJson
  throw new Error(`${outcome.error.kind}: ${outcome.error.message}`)
}
