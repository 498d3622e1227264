import { expect, it } from 'vitest'
import { z } from 'zod'
import { invalidParam } from './errors.ts'

const schema = z.object({
  name: z.string().min(1, 'A name is needed.').max(3),
  limit: z.number().max(100),
  tags: z.array(z.string()).max(1),
  kind: z.enum(['a', 'b']),
  email: z.email(),
  key: z.string().regex(/^x/, 'A key begins with x.'),
  amount: z.number().positive('A budget is more than nothing.'),
  query: z.string('query is required'),
})
const good = { name: 'abc', limit: 1, tags: [], kind: 'a', email: 'a@example.com', key: 'x', amount: 1, query: 'Hi' }

it.each([
  [{ name: undefined }, { reason: 'field_missing', values: { field: 'name' } }],
  [{ name: 1 }, { reason: 'field_kind', values: { field: 'name' } }],
  [{ name: '' }, { reason: 'field_empty', values: { field: 'name', said: 'A name is needed.' } }],
  [{ name: 'abcd' }, { reason: 'field_too_long', values: { field: 'name', limit: 3 } }],
  [{ limit: 101 }, { reason: 'field_too_great', values: { field: 'limit', limit: 100 } }],
  [{ tags: ['a', 'b'] }, { reason: 'field_too_many', values: { field: 'tags', limit: 1 } }],
  [{ kind: 'c' }, { reason: 'field_choice', values: { field: 'kind', offered: 'a, b' } }],
  [{ email: 'a' }, { reason: 'field_form', values: { field: 'email' } }],
  [{ key: 'y' }, undefined],
  [{ amount: 0 }, { reason: 'field_must_exceed', values: { field: 'amount', limit: 0, said: 'A budget is more than nothing.' } }],
  [{ query: undefined }, { reason: 'field_form', values: { field: 'query', said: 'query is required' } }],
])('a field that a schema refuses: %j', (wrong, refusal) => {
  const { error } = schema.safeParse({ ...good, ...wrong })
  expect(error && invalidParam(error).refusal).toEqual(refusal)
})
