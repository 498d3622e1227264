import { type DatabaseConnection, type Dialect, DummyDriver, Kysely, PostgresDialect, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { isAbsence, watchAbsence } from './absence.ts'

const coded = (code: string) => Object.assign(new Error('any'), { code })

it.each([
  coded('ECONNREFUSED'),
  coded('EAI_AGAIN'),
  coded('57P01'),
  coded('57P03'),
  coded('08006'),
  new Error('Connection terminated unexpectedly'),
  new Error('Connection terminated due to connection timeout'),
  new Error('Client has encountered a connection error and is not queryable'),
])('is told of by %o', (error) => expect(isAbsence(error)).toBe(true))

it.each([
  coded('23505'),
  coded('57014'),
  coded('28P01'),
  // It has no place for one more, and serves those that it has.
  coded('53300'),
  // All our own connections are in use.
  new Error('timeout exceeded when trying to connect'),
  'ECONNREFUSED',
])('is not told of by %o', (error) => expect(isAbsence(error)).toBe(false))

/** A server whose connections and statements end as the test says: with an answer, or with the error that stands there. */
function aServer() {
  const told: string[] = []
  const now = { connect: undefined as Error | undefined, query: (): Promise<void> => Promise.resolve() }
  const connection: DatabaseConnection = {
    async executeQuery() {
      await now.query()
      return { rows: [] }
    },
    streamQuery: () => expect.fail('nobody streams here'),
  }
  class Driver extends DummyDriver {
    override async acquireConnection() {
      if (now.connect) throw now.connect
      return connection
    }
  }
  const watch = {
    lost: (error: unknown) => void told.push(`lost: ${error instanceof Error && 'code' in error ? error.code : error}`),
    found: () => void told.push('found'),
    translate: () => new Error('translated'),
  }
  const postgres = new PostgresDialect({ pool: () => expect.fail('the driver is ours') })
  const dialect: Dialect = {
    createDriver: () => new Driver(),
    createQueryCompiler: () => postgres.createQueryCompiler(),
    createAdapter: () => postgres.createAdapter(),
    createIntrospector: (db) => postgres.createIntrospector(db),
  }
  const db = new Kysely<object>({ dialect: watchAbsence(dialect, watch) })
  const ask = async () => {
    const failure = await sql`select 1`.execute(db).then(
      () => undefined,
      (error: unknown) => error,
    )
    return failure instanceof Error ? failure.message : 'answered'
  }
  return { now, told, ask }
}

const failing = (error: Error) => () => Promise.reject(error)

describe('whoever watches', () => {
  it('is told of a server once it has answered, and of no more while it does', async () => {
    const { told, ask } = aServer()
    expect([await ask(), await ask()]).toEqual(['answered', 'answered'])
    expect(told).toEqual(['found'])
  })

  it('is told of a statement that breaks off, and of no return while idle connections are had and nothing answers', async () => {
    const { now, told, ask } = aServer()
    await ask()
    now.query = failing(coded('57P01'))
    expect(await ask()).toBe('translated')
    now.query = failing(coded('ETIMEDOUT'))
    expect(await ask()).toBe('translated')
    expect(told).toEqual(['found', 'lost: 57P01', 'lost: ETIMEDOUT'])
    now.query = () => Promise.resolve()
    await ask()
    await ask()
    expect(told.slice(3)).toEqual(['found'])
  })

  it('takes no answer for a return that was asked for before the loss', async () => {
    const { now, told, ask } = aServer()
    await ask()
    const slow = Promise.withResolvers<void>()
    now.query = () => slow.promise
    const asked = ask()
    await new Promise(setImmediate)
    now.connect = coded('ECONNREFUSED')
    await ask()
    slow.resolve()
    expect(await asked).toBe('answered')
    expect(told).toEqual(['found', 'lost: ECONNREFUSED'])
  })

  it('is told of no loss by a server that has no place for one more: only whoever asks is', async () => {
    const { now, told, ask } = aServer()
    await ask()
    now.connect = coded('53300')
    expect(await ask()).toBe('translated')
    now.connect = undefined
    await ask()
    expect(told).toEqual(['found'])
  })

  it('is told nothing of a statement that is wrong', async () => {
    const { now, told, ask } = aServer()
    await ask()
    now.query = failing(coded('23505'))
    expect(await ask()).toBe('any')
    expect(told).toEqual(['found'])
  })
})
