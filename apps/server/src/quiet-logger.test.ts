import { AppError } from '@trellis/contracts'
import { type Logger, silentLogger } from '@trellis/spec'
import { expect, it } from 'vitest'
import { createDatabaseOutage } from './database-outage.ts'
import { createQuietLogger } from './quiet-logger.ts'

function aLog() {
  const lines: { readonly level: string; readonly fields: object; readonly message: string }[] = []
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message: message.split('.')[0] ?? '' })
  const log: Logger = { ...silentLogger, info: at('info'), warn: at('warn'), error: at('error'), debug: at('debug'), child: () => log }
  const outage = createDatabaseOutage(log, 'db:5432')
  return { lines, outage, logger: createQuietLogger(log, outage).child({ part: 'queue' }) }
}

const refused = new Error('connect ECONNREFUSED')

it('tells of an absence once, of what comes of it once for each kind and without a stack, and of its end once', () => {
  const { lines, outage, logger } = aLog()
  outage.found()
  const away = outage.translate(refused)
  for (let attempt = 0; attempt < 9; attempt++) {
    outage.lost(refused)
    logger.error({ err: away, runId: 'r' }, 'A run could not be written')
    logger.warn({ error: away }, 'A lease could not be renewed')
  }
  outage.found()
  outage.found()
  expect(lines.filter(({ level }) => level !== 'debug')).toEqual([
    { level: 'error', fields: { database: 'db:5432', reason: 'connect ECONNREFUSED' }, message: 'PostgreSQL cannot be reached' },
    {
      level: 'error',
      fields: { err: expect.stringContaining('cannot reach its database'), runId: 'r' },
      message: 'A run could not be written',
    },
    { level: 'warn', fields: { error: expect.any(String) }, message: 'A lease could not be renewed' },
    { level: 'info', fields: { database: 'db:5432', seconds: expect.any(Number) }, message: 'PostgreSQL is back' },
  ])
  outage.lost(refused)
  logger.warn({ error: away }, 'A lease could not be renewed')
  expect(lines.filter(({ level, message }) => level === 'warn' && message.startsWith('A lease'))).toHaveLength(2)
})

it('leaves alone what has nothing to do with it', () => {
  const { lines, outage, logger } = aLog()
  outage.found()
  const mine = new TypeError('a fault of ours')
  logger.error({ err: mine }, 'Broken')
  outage.lost(refused)
  logger.error({ err: mine }, 'Broken')
  outage.found()
  // One that answers and refuses is told of each time.
  const refusing = new AppError('dependency_unavailable')
  logger.warn({ err: refusing }, 'Refused')
  logger.warn({ err: refusing }, 'Refused')
  expect(lines.filter(({ message }) => message === 'Broken').map(({ fields }) => fields)).toEqual([{ err: mine }, { err: mine }])
  expect(lines.filter(({ message }) => message === 'Refused')).toHaveLength(2)
})

it('says nothing of a server that was never there: that is told at the start', () => {
  const { lines, outage } = aLog()
  outage.lost(refused)
  expect([lines, outage.isOn]).toEqual([[], false])
})
