// What the child of the fast path runs: for each request a fresh V8 isolate, which has the language and nothing else. One request at a
// time, all of it synchronous; the next isolate is made while nobody waits. Protocol as in python.py, but for many requests.
'use strict'
const { readSync, writeSync } = require('node:fs')
const { createRequire } = require('node:module')
const ivm = createRequire(globalThis.isolatedVmFrom)('isolated-vm')

const ANSWER = 3
const SOURCE = 'code.js'

/** Runs in each isolate before foreign code does, and keeps what it needs out of that code's reach. */
const BOOTSTRAP = `'use strict'
delete globalThis.console
const { parse, stringify } = JSON
const text = String
const then = Function.prototype.call.bind(Promise.prototype.then)
const resolve = Promise.resolve.bind(Promise)
const indexOf = Function.prototype.call.bind(String.prototype.indexOf)
const charCodeAt = Function.prototype.call.bind(String.prototype.charCodeAt)
const slice = Function.prototype.call.bind(String.prototype.slice)
const split = Function.prototype.call.bind(String.prototype.split)
let settled = 'E{"kind":"user-error","message":"Error: \`main\` never finished: it waits for something that nobody will do"}'
const describe = (error) => {
  if (!(error instanceof Error)) return 'threw ' + (typeof error === 'object' || typeof error === 'function' ? 'an object that is no Error' : text(error))
  let where = ''
  const lines = split(typeof error.stack === 'string' ? error.stack : '', '\\n')
  for (let index = 0; index < lines.length && index < 12; index++) {
    const start = indexOf(lines[index], 'code.js:')
    let end = start + 8
    while (charCodeAt(lines[index], end) >= 48 && charCodeAt(lines[index], end) <= 57) end++
    if (start >= 0) where += '\\n  line ' + slice(lines[index], start + 8, end)
  }
  return text(error.name) + ': ' + text(error.message) + where
}
const fail = (error) => {
  try {
    const isMemory = error instanceof RangeError && indexOf(text(error.message), 'allocation failed') >= 0
    return 'E' + stringify({ __proto__: null, kind: isMemory ? 'memory' : 'user-error', message: describe(error) })
  } catch {
    return 'E{"kind":"user-error","message":"The code threw something that cannot be shown."}'
  }
}
const succeed = (value) => {
  const json = stringify(value)
  if (json === undefined) throw new TypeError('\`main\` returned nothing that JSON can hold')
  return 'K' + json
}
globalThis.callMain = (load, inputs) => {
  if (load === undefined) return settled
  delete globalThis.callMain
  try {
    const main = load()
    if (main === undefined) throw new ReferenceError('the code defines no function \`main\`')
    const value = main(parse(inputs))
    if (value === null || typeof value !== 'object' || typeof value.then !== 'function') return succeed(value)
    then(resolve(value), (result) => {
      try {
        settled = succeed(result)
      } catch (error) {
        settled = fail(error)
      }
    }, (error) => {
      settled = fail(error)
    })
    return ''
  } catch (error) {
    return fail(error)
  }
}`

function readExactly(size) {
  const bytes = Buffer.allocUnsafe(size)
  let done = 0
  while (done < size) {
    const count = readSync(0, bytes, done, size - done, null)
    if (count === 0) process.exit(0)
    done += count
  }
  return bytes
}

function answer(text) {
  const length = Buffer.byteLength(text) - 1
  const bytes = Buffer.allocUnsafe(5 + length)
  bytes[0] = text.charCodeAt(0)
  bytes.writeUInt32LE(length, 1)
  bytes.write(text.slice(1), 5)
  let done = 0
  while (done < bytes.length) done += writeSync(ANSWER, bytes, done)
}

const snapshot = ivm.Isolate.createSnapshot([{ code: `(function () { ${BOOTSTRAP} })()` }])

/** From a snapshot, which costs less than running the text again. What it left on the global object is taken off it. */
function make(memoryLimit) {
  const isolate = new ivm.Isolate({ memoryLimit, snapshot })
  const context = isolate.createContextSync()
  return { isolate, context, call: context.global.getSync('callMain', { reference: true }) }
}

function failure(error) {
  const message = String(error?.message)
  if (/timed out/i.test(message)) return 'E{"kind":"timeout"}'
  if (/disposed|memory|allocation failed/i.test(message)) return 'E{"kind":"memory"}'
  return `E${JSON.stringify({ kind: 'user-error', message: `${error?.name}: ${message}` })}`
}

function serve({ context, call }, { code, inputs, timeoutMs }) {
  const end = performance.now() + timeoutMs
  const timeout = () => Math.max(1, Math.ceil(end - performance.now()))
  try {
    const wrapped = `(function () { ${code}\n;return typeof main === "function" ? main : undefined })`
    // Makes a function and runs nothing, so it needs no time limit.
    const load = context.evalSync(wrapped, { filename: SOURCE, reference: true })
    const outcome = call.applySync(undefined, [load.derefInto(), inputs], { timeout: timeout() })
    return outcome || call.applySync(undefined, [], { timeout: timeout() })
  } catch (error) {
    return failure(error)
  }
}

let next
const { memoryMegabytes } = globalThis.isolateSettings
answer('R')
for (;;) {
  next ??= make(memoryMegabytes)
  const request = JSON.parse(readExactly(readExactly(4).readUInt32LE(0)).toString())
  const used = request.memoryMegabytes === memoryMegabytes ? next : make(request.memoryMegabytes)
  answer(serve(used, request))
  if (used === next) next = undefined
  if (!used.isolate.isDisposed) used.isolate.dispose()
}
