import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLineWriter } from './line-writer.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trellis-lines-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('createLineWriter', () => {
  it('writes everything in order', async () => {
    const path = join(folder, 'out')
    const descriptor = openSync(path, 'w')
    const writer = createLineWriter({ descriptor: () => descriptor, onError: () => undefined, onDropped: () => undefined })
    const lines = Array.from({ length: 10_000 }, (_, index) => `line ${index} ä\n`)
    for (const line of lines) writer.write(line)
    await writer.drained()
    closeSync(descriptor)
    expect(readFileSync(path, 'utf8')).toBe(lines.join(''))
  })

  it('tells of an error once and takes no more', async () => {
    const readOnly = openSync('/dev/null', 'r')
    const errors: Error[] = []
    const writer = createLineWriter({ descriptor: () => readOnly, onError: (error) => errors.push(error), onDropped: () => undefined })
    writer.write('one\n')
    writer.write('two\n')
    await writer.drained()
    writer.write('three\n')
    await writer.drained()
    closeSync(readOnly)
    expect(errors).toHaveLength(1)
  })

  it('drops what would fill the memory, and says how much', async () => {
    const path = join(folder, 'out')
    const descriptor = openSync(path, 'w')
    const drops: number[] = []
    const writer = createLineWriter({ descriptor: () => descriptor, onError: () => undefined, onDropped: (lines) => drops.push(lines) })
    const line = `${'x'.repeat(1024 * 1024 - 1)}\n`
    for (let count = 0; count < 20; count++) writer.write(line)
    await writer.drained()
    closeSync(descriptor)
    expect(drops).toEqual([4])
  })

  it('lets the process end when the reader of its output is gone', async () => {
    const script = `
      import { createLogSink } from ${JSON.stringify(fileURLToPath(new URL('./logger.ts', import.meta.url)))}
      const { logger, close } = createLogSink({ log: { level: 'info', format: 'text', file: undefined } })
      process.stdin.once('data', async () => {
        for (let line = 0; line < 5000; line++) logger.info({ line }, 'A line for nobody')
        await close()
        process.exit(0)
      })
    `
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdout.destroy()
    child.stdin.write('go\n')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
  })
})
