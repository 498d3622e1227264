// What a JavaScript child runs: it says that it is ready, reads one request, runs it, answers on descriptor 3 and ends. The protocol is
// that of python.py. What answers is taken before foreign code runs, so that code which bends built-ins bends only its own result.
'use strict'
const { closeSync, openSync, readSync, writeSync } = require('node:fs')
const { createRequire } = require('node:module')
const vm = require('node:vm')

const ANSWER = 3
const SOURCE = 'code.js'
const { parse, stringify } = JSON
const { from, allocUnsafe, concat } = Buffer
const text = String
const reallyExit = process.reallyExit.bind(process)
const { uncurryThis } = (() => {
  const { bind, call } = Function.prototype
  return { uncurryThis: bind.bind(call) }
})()
const indexOf = uncurryThis(String.prototype.indexOf)
const charCodeAt = uncurryThis(String.prototype.charCodeAt)
const slice = uncurryThis(String.prototype.slice)
const split = uncurryThis(String.prototype.split)
const includes = uncurryThis(String.prototype.includes)
const then = uncurryThis(Promise.prototype.then)
const resolve = Promise.resolve.bind(Promise)
const subarray = uncurryThis(Uint8Array.prototype.subarray)
const writeUInt32LE = uncurryThis(Buffer.prototype.writeUInt32LE)

function readExactly(size) {
  const bytes = Buffer.alloc(size)
  let done = 0
  while (done < size) {
    const count = readSync(0, bytes, done, size - done, null)
    if (count === 0) reallyExit(0)
    done += count
  }
  return bytes
}

function answer(status, payload) {
  const body = from(payload)
  const head = allocUnsafe(5)
  head[0] = status === 'R' ? 82 : status === 'K' ? 75 : 69
  writeUInt32LE(head, body.length, 1)
  const bytes = concat([head, body])
  let done = 0
  while (done < bytes.length) {
    try {
      done += writeSync(ANSWER, subarray(bytes, done))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

function kindOf(error) {
  const code = error?.code
  if (code === 'ENOMEM' || code === 'ERR_MEMORY_ALLOCATION_FAILED' || code === 'ERR_WORKER_OUT_OF_MEMORY') return 'memory'
  if (error instanceof RangeError && includes(text(error.message), 'allocation failed')) return 'memory'
  if (code === 'EFBIG' || code === 'ENOSPC') return 'file-limit'
  if (code === 'EAGAIN') return 'process-limit'
  return 'user-error'
}

function describe(error) {
  if (!(error instanceof Error))
    return `threw ${typeof error === 'object' || typeof error === 'function' ? 'an object that is no Error' : text(error)}`
  let where = ''
  const lines = split(typeof error.stack === 'string' ? error.stack : '', '\n')
  for (let index = 0; index < lines.length && index < 12; index++) {
    const line = lineOf(lines[index])
    if (line !== '') where += `\n  line ${line}`
  }
  const cause = error.cause instanceof Error ? ` (${text(error.cause.message)})` : ''
  return slice(`${text(error.name)}: ${text(error.message)}${cause}${where}`, 0, 4000)
}

/** The number after `code.js:`. By hand: regular expressions look up what foreign code may have bent. */
function lineOf(frame) {
  const start = indexOf(frame, `${SOURCE}:`)
  if (start < 0) return ''
  let end = start + SOURCE.length + 1
  while (charCodeAt(frame, end) >= 48 && charCodeAt(frame, end) <= 57) end++
  return slice(frame, start + SOURCE.length + 1, end)
}

function fail(error) {
  let payload = '{"kind":"user-error","message":"The code threw something that cannot be shown."}'
  try {
    // Without a prototype nobody has given it a toJSON.
    payload = stringify({ __proto__: null, kind: kindOf(error), message: describe(error) })
  } catch {
    // A value that throws when it is looked at.
  }
  answer('E', payload)
  reallyExit(0)
}

const compile = (code, result) => {
  const wrapped = new vm.Script(`(function (exports, require, module, __filename, __dirname) { ${code}\n${result}})`, {
    filename: SOURCE,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const module = { exports: {} }
  return wrapped
    .runInThisContext()
    .bind(module.exports, module.exports, createRequire('/packages/code.js'), module, '/packages/code.js', '/packages')
}

function call({ code, inputs }) {
  process.once('beforeExit', () => fail(new Error('`main` never finished: it waits for something that nobody will do')))
  process.once('exit', () => fail(new Error('the code ended its process before `main` returned')))
  process.on('uncaughtException', fail)
  const settle = (value) => {
    const json = stringify(value)
    if (json === undefined) throw new TypeError('`main` returned nothing that JSON can hold')
    answer('K', json)
    reallyExit(0)
  }
  try {
    const main = compile(code, ';return typeof main === "function" ? main : undefined')()
    if (main === undefined) throw new ReferenceError('the code defines no function `main`')
    const value = main(parse(inputs))
    if (value !== null && typeof value === 'object' && typeof value.then === 'function') {
      then(
        resolve(value),
        (settled) => {
          try {
            settle(settled)
          } catch (error) {
            fail(error)
          }
        },
        fail,
      )
    } else settle(value)
  } catch (error) {
    fail(error)
  }
}

function run({ code, preload }) {
  closeSync(ANSWER)
  compile(preload ? `${preload}\n${code}` : code, '')()
}

/** As in python.py. A server that nobody but the code keeps alive. */
function forward(path) {
  const net = require('node:net')
  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ path, allowHalfOpen: true })
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
    near.pipe(far)
    far.pipe(near)
  })
  server.listen(3128, '127.0.0.1')
  server.unref()
}

// What is printed is gone when the call returns: it waits for its reader instead of growing in memory, and none is lost at the end.
for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true)
if (process.env.SANDBOX_EGRESS) forward(process.env.SANDBOX_EGRESS)
answer('R', '')
const request = parse(readExactly(readExactly(4).readUInt32LE(0)).toString())
closeSync(0)
openSync('/dev/null', 'r')
if (request.mode === 'call') call(request)
else run(request)
