import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '@trellis/config'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLogFile } from './log-file.ts'
import { createLogSink } from './logger.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trellis-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function aLog(log: Partial<Config['log']> = {}, fields: object = {}) {
  const lines: string[] = []
  const sink = createLogSink({
    log: { level: 'info', format: 'json', file: undefined, ...log },
    output: { write: (text) => lines.push(text) },
    fields,
  })
  return { ...sink, lines, records: () => lines.map((line): Record<string, unknown> => JSON.parse(line)) }
}

describe('json', () => {
  it('writes one object a line, with time, level, message and fields', () => {
    const { logger, records } = aLog({}, { role: 'api' })
    logger.info({ runId: 'r1' }, 'Run started')
    expect(records()).toEqual([
      { time: expect.stringMatching(/^\d{4}-.*Z$/), level: 'info', role: 'api', runId: 'r1', message: 'Run started' },
    ])
  })

  it('leaves out what is below the level', () => {
    const { logger, lines } = aLog({ level: 'warn' })
    logger.debug({}, 'no')
    logger.info({}, 'no')
    logger.warn({}, 'yes')
    expect(lines).toHaveLength(1)
  })

  it('hands the fields of a child on, without its secrets', () => {
    const { logger, records } = aLog()
    logger.child({ tenantId: 't', apiKey: 'hush' }).child({ runId: 'r' }).error({ password: 'hush' }, 'Failed at redis://:hush@host')
    expect(records()[0]).toMatchObject({ tenantId: 't', runId: 'r', apiKey: '[redacted]', password: '[redacted]' })
    expect(JSON.stringify(records())).not.toContain('hush')
  })

  it('tells what users said at debug alone', () => {
    const { logger, records } = aLog({ level: 'debug' })
    logger.info({ query: 'my illness' }, 'Run started')
    logger.debug({ query: 'my illness' }, 'Run started')
    expect(records().map((record) => record['query'])).toEqual(['[10 characters]', 'my illness'])
  })
})

describe('text', () => {
  it('is readable', () => {
    const { logger, lines } = aLog({ format: 'text' })
    logger.info({ port: 5001, name: 'two words' }, 'Listening')
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} INFO {2}Listening port=5001 name="two words"\n$/)
  })

  it('puts the stack of an error below its line', () => {
    const { logger, lines } = aLog({ format: 'text' })
    logger.error({ error: new TypeError('broken') }, 'Failed')
    expect(lines[0]).toMatch(/ERROR Failed error=\{"type":"TypeError","message":"broken"\}\n {4}TypeError: broken\n {8}at /)
  })

  it('lets nobody write lines or terminal commands of their own', () => {
    const { logger, lines } = aLog({ format: 'text' })
    logger.info({ name: 'a\u009b2J\nERROR forged' }, 'Hello\u001b[2J\nERROR forged')
    for (const character of ['\n', '\u001b', '\u009b']) expect(lines[0]?.trimEnd()).not.toContain(character)
  })
})

describe('the file', () => {
  it('gets the same lines', async () => {
    const path = join(folder, 'logs/server.log')
    const { logger, lines, close } = aLog({ format: 'text', file: { path, maxMegabytes: 1, backups: 1 } })
    logger.info({}, 'One')
    logger.info({}, 'Two')
    await close()
    expect(readFileSync(path, 'utf8')).toBe(lines.join(''))
  })

  it('is done without where it cannot be opened, and the log says so', async () => {
    writeFileSync(join(folder, 'file'), '')
    const { logger, records, close } = aLog({ file: { path: join(folder, 'file/server.log'), maxMegabytes: 1, backups: 1 } })
    logger.info({}, 'Still here')
    await close()
    expect(records().map((record) => record['message'])).toEqual([
      'The log file cannot be opened (LOG_FILE). The log goes on without it.',
      'Still here',
    ])
  })

  it('keeps its name, moves its past aside and forgets the oldest', async () => {
    const path = join(folder, 'server.log')
    const failures: Error[] = []
    const file = openLogFile({ path, maxBytes: 40_000, backups: 2, onError: (error) => failures.push(error), onDropped: () => undefined })
    const lines = Array.from({ length: 12_000 }, (_, index) => `${String(index).padStart(49, '.')}\n`)
    for (const line of lines) file.write(line)
    await file.close()
    expect(failures).toEqual([])
    expect(readdirSync(folder).sort()).toEqual(['server.log', 'server.log.1', 'server.log.2'])
    const kept = ['server.log.2', 'server.log.1', 'server.log'].map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(lines.join('').endsWith(kept.join(''))).toBe(true)
    for (const text of kept) expect(text.length).toBeLessThan(40_000 + 65_536 + 50)
  })

  it('continues a file that is there, and counts what is in it', async () => {
    const path = join(folder, 'server.log')
    writeFileSync(path, `${'x'.repeat(200)}\n`)
    const file = openLogFile({ path, maxBytes: 100, backups: 0, onError: () => undefined, onDropped: () => undefined })
    file.write('new\n')
    await file.close()
    expect(readFileSync(path, 'utf8')).toBe('new\n')
    expect(existsSync(`${path}.0`)).toBe(false)
  })
})
