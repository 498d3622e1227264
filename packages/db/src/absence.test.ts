import { expect, it } from 'vitest'
import { isAbsence } from './absence.ts'

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
  // All our own connections are in use.
  new Error('timeout exceeded when trying to connect'),
  'ECONNREFUSED',
])('is not told of by %o', (error) => expect(isAbsence(error)).toBe(false))
