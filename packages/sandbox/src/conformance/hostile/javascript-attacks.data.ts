import type { Attack } from './attack.ts'

/** For an interpreter in a process of its own: everything that Node has may be named. */
export const nodeAttacks: readonly Attack[] = [
  {
    tries: 'a bomb of processes',
    language: 'javascript',
    code: `
const { spawn } = require('child_process')
function main() {
  return new Promise((resolve, reject) => {
    for (let index = 0; index < 60; index++) spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { stdio: 'ignore' }).on('error', reject)
  })
}`,
    fails: { kind: 'process-limit', message: /more than 8 processes and threads at a time.*SANDBOX_PROCESS_LIMIT/ },
  },
  {
    tries: 'memory of the heap',
    language: 'javascript',
    code: 'function main() { const kept = [Buffer]; for (;;) kept.push(new Array(100_000).fill(kept.length)) }',
    fails: { kind: 'memory', message: /more memory than 256 MB.*SANDBOX_MEMORY_LIMIT/ },
  },
  {
    tries: 'memory beside the heap',
    language: 'javascript',
    code: 'function main() { const kept = []; for (let index = 0; index < 4000; index++) kept.push(Buffer.alloc(1024 * 1024, 1)); return kept.length }',
    fails: { kind: 'memory', message: /more memory than 256 MB/ },
  },
  {
    tries: 'an endless loop',
    language: 'javascript',
    code: 'process.on("SIGTERM", () => {}); function main() { for (;;) {} }',
    limits: { timeoutMs: 500 },
    fails: { kind: 'timeout', message: /longer than 0\.5 s.*SANDBOX_WORKER_TIMEOUT/ },
  },
  {
    tries: 'endless output',
    language: 'javascript',
    code: 'function main() { for (;;) console.log("x".repeat(10_000)) }',
    fails: { kind: 'output-limit', message: /printed more than 1048576 bytes/ },
  },
  {
    tries: 'a huge file',
    language: 'javascript',
    code: 'function main() { const fs = require("fs"); for (let index = 0; index < 1000; index++) fs.appendFileSync("/tmp/huge", Buffer.alloc(1024 * 1024)) }',
    fails: { kind: 'file-limit', message: /more than 16 MB to files/ },
  },
  {
    tries: 'files of the server and of the system',
    language: 'javascript',
    code: `
const fs = require('node:fs')
function main({ target }) {
  const paths = [target.file, '/etc/passwd', '/root', '/home', '/proc/1/root/etc/passwd', '/var/log', '/sys/kernel']
  return paths.filter((path) => fs.existsSync(path))
}`,
    comesTo: [],
  },
  {
    tries: 'its environment',
    language: 'javascript',
    code: 'function main() { return Object.keys(process.env).filter((name) => !["PATH", "HOME", "TMPDIR", "LANG", "TZ", "PWD", "UV_THREADPOOL_SIZE"].includes(name)) }',
    comesTo: [],
  },
  {
    tries: 'a connection to the server',
    language: 'javascript',
    code: 'function main({ target }) { return new Promise((resolve) => require("net").connect(target.port, "127.0.0.1").on("error", (error) => resolve(error.code)).on("connect", () => resolve("connected"))) }',
    comesTo: 'EPERM',
  },
  {
    tries: 'fetch',
    language: 'javascript',
    code: 'async function main() { const response = await fetch("http://example.com/"); return response.status }',
    fails: { kind: 'user-error', message: /fetch failed[\s\S]*no network here/ },
  },
  {
    tries: 'a signal to the server',
    language: 'javascript',
    code: 'function main({ target }) { try { process.kill(target.processId, 0); return "sent" } catch (error) { return error.code } }',
    comesTo: 'ESRCH',
  },
  {
    tries: 'the process by constructor.constructor',
    language: 'javascript',
    code: 'function main({ target }) { const inside = main.constructor.constructor("return process")(); return [inside.pid === target.processId, inside.env.TRELLIS_ATTACK_SECRET ?? null] }',
    comesTo: [false, null],
  },
  {
    tries: 'native code from a file of its own',
    language: 'javascript',
    code: 'function main() { require("fs").writeFileSync("/tmp/x.node", "no library"); try { process.dlopen({ exports: {} }, "/tmp/x.node"); return "loaded" } catch (error) { return error.code } }',
    comesTo: 'ERR_DLOPEN_FAILED',
  },
  {
    tries: 'nonsense on the channel of results',
    language: 'javascript',
    code: 'function main() { require("fs").writeSync(3, Buffer.alloc(100, 255)); for (;;) {} }',
    fails: { kind: 'user-error', message: /wrote to the channel on which results come/ },
  },
]

/** For every way of running JavaScript: nothing but the language is named. */
export const plainAttacks: readonly Attack[] = [
  {
    tries: 'an endless loop',
    language: 'javascript',
    code: 'function main() { for (;;) {} }',
    limits: { timeoutMs: 500 },
    fails: { kind: 'timeout', message: /longer than 0\.5 s.*SANDBOX_WORKER_TIMEOUT/ },
  },
  {
    tries: 'an endless loop of promises',
    language: 'javascript',
    code: 'async function main() { for (;;) await null }',
    limits: { timeoutMs: 500 },
    fails: { kind: 'timeout', message: /longer than 0\.5 s/ },
  },
  {
    tries: 'a regular expression that never ends',
    language: 'javascript',
    code: 'function main() { return /^(a+)+$/.test("a".repeat(60) + "b") }',
    limits: { timeoutMs: 500 },
    fails: { kind: 'timeout', message: /longer than 0\.5 s/ },
  },
  {
    tries: 'an endless loop in what JSON asks of the result',
    language: 'javascript',
    code: 'function main() { return { toJSON() { for (;;) {} } } }',
    limits: { timeoutMs: 500 },
    fails: { kind: 'timeout', message: /longer than 0\.5 s/ },
  },
  {
    tries: 'memory of the heap',
    language: 'javascript',
    code: 'function main() { const kept = []; for (;;) kept.push(new Array(100_000).fill(kept.length)) }',
    fails: { kind: 'memory', message: /more memory than 256 MB.*SANDBOX_MEMORY_LIMIT/ },
  },
  {
    tries: 'an endless result',
    language: 'javascript',
    code: 'function main() { return "x".repeat(20 * 1024 * 1024) }',
    fails: { kind: 'output-limit', message: /returned is longer than 16777216 bytes/ },
  },
  {
    tries: 'endless recursion',
    language: 'javascript',
    code: 'function main() { return main() }',
    fails: { kind: 'user-error', message: /Maximum call stack/ },
  },
  {
    tries: 'to bend every prototype before the result is written',
    language: 'javascript',
    code: `
Object.prototype.toJSON = () => 'forged'
Object.prototype.kind = 'unavailable'
Array.prototype.push = () => { throw new Error('bent') }
String.prototype.split = () => { throw new Error('bent') }
RegExp.prototype[Symbol.match] = () => { throw new Error('bent') }
Promise.prototype.then = () => { throw new Error('bent') }
JSON.stringify = () => 'not json'
JSON.parse = () => { throw new Error('bent') }
async function main() { throw new RangeError('as it was thrown') }`,
    fails: { kind: 'user-error', message: /RangeError: as it was thrown/ },
  },
  {
    tries: 'an error that bites who looks at it',
    language: 'javascript',
    code: 'function main() { throw new Proxy({}, { get() { throw new Error("bite") }, getPrototypeOf() { throw new Error("bite") } }) }',
    fails: { kind: 'user-error', message: /cannot be shown|threw/ },
  },
  {
    tries: 'an error with a stack that is no text',
    language: 'javascript',
    code: 'function main() { const error = new Error("odd"); error.stack = { toString() { for (;;) {} } }; throw error }',
    limits: { timeoutMs: 1000 },
    fails: { kind: 'user-error', message: /Error: odd/ },
  },
  {
    tries: 'frames of its caller by prepareStackTrace',
    language: 'javascript',
    code: `
function main() {
  Error.prepareStackTrace = (_, frames) => frames
  const foreign = new Error().stack.filter((frame) => frame.getFileName() !== 'code.js')
  return foreign.some((frame) => frame.getFunction() !== undefined || frame.getThis() !== undefined) ? 'reached something' : 'reached nothing'
}`,
    comesTo: 'reached nothing',
  },
]

/** For an isolate: what exists in no bare language. */
export const isolateAttacks: readonly Attack[] = [
  {
    tries: 'the process by constructor.constructor',
    language: 'javascript',
    code: 'function main() { const find = (name) => main.constructor.constructor("return typeof " + name)(); return ["process", "require", "fetch", "Buffer", "console", "setTimeout"].map(find) }',
    comesTo: ['undefined', 'undefined', 'undefined', 'undefined', 'undefined', 'undefined'],
  },
  {
    tries: 'what the last call left behind',
    language: 'javascript',
    code: 'function main() { const left = Object.prototype.left ?? null; Object.prototype.left = 1; return { left } }',
    comesTo: { left: null },
  },
  {
    tries: 'memory beside the heap',
    language: 'javascript',
    code: 'function main() { const kept = []; for (let index = 0; index < 4000; index++) kept.push(new Uint8Array(1024 * 1024).fill(1)); return kept.length }',
    fails: { kind: 'memory', message: /more memory than 256 MB/ },
  },
]
