import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '../console.ts'
import { createDescription } from './description.ts'
import { type Exchange, judge } from './judge.ts'
import { report } from './report.ts'

const event = { allOf: [{ $ref: '#/components/schemas/ChunkChatEvent' }, { type: 'object', properties: { answer: { type: 'string' } } }] }
const item = {
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid' },
    note: { type: 'string', nullable: true },
    count: { type: 'integer' },
    control: { oneOf: [{ type: 'object' }, { type: 'object', properties: { text: { type: 'string' } } }] },
  },
}
const json = (schema: Json, examples: Json = {}): Json => ({ content: { 'application/json': { schema, examples } } })
const description = createDescription({
  paths: {
    '/items': {
      get: {
        tags: ['Items'],
        responses: {
          200: json({ type: 'object', properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Item' } } } }),
          404: json(undefined, { absent: { value: { code: 'not_found' } } }),
        },
      },
      delete: { tags: ['Items'], responses: { 204: { $ref: '#/components/responses/Gone' } } },
    },
    '/datasets': { get: { tags: ['Knowledge Bases'], responses: {} } },
    '/chat-messages': {
      post: { tags: ['Chat'], responses: { 200: { content: { 'text/event-stream': { schema: { type: 'string' } } } } } },
    },
  },
  components: {
    responses: { Gone: { description: 'Gone' } },
    schemas: {
      Item: item,
      ChunkChatEvent: {
        type: 'object',
        properties: { event: { type: 'string', enum: ['message'] } },
        discriminator: { propertyName: 'event', mapping: { message: '#/components/schemas/Message' } },
      },
      Message: event,
    },
  },
})

const good = { id: '0196f1b2-7a3c-7d00-8000-0123456789ab', note: null, count: 1, control: {} }
const listing = (body: Json, more: Partial<Exchange> = {}): Exchange => ({
  operation: 'GET /items',
  title: 'all',
  status: 200,
  contentType: 'application/json',
  body,
  ...more,
})
const faultsOf = (exchange: Exchange): string[] => judge(description, exchange).map(({ at, what }) => `${at}: ${what}`)

describe('a reply is judged', () => {
  it('faultless where it is as described', () => {
    assert.deepEqual(faultsOf(listing({ data: [good, { ...good, note: 'mine' }] })), [])
  })

  it('by types and formats, with indices left out', () => {
    assert.deepEqual(faultsOf(listing({ data: [good, { ...good, id: 'mine', count: '1' }] })), [
      '/data[]/id: must match format "uuid"',
      '/data[]/count: must be integer',
    ])
  })

  it('by nulls where none is described', () => {
    assert.deepEqual(faultsOf(listing({ data: [{ ...good, count: null }] })), ['/data[]/count: null where integer is described'])
  })

  it('by keys that are missing, once however many items lack them', () => {
    const { count, ...rest } = good
    assert.deepEqual(faultsOf(listing({ data: [rest, rest] })), ['/data[]/count: is missing'])
  })

  it('by status and content type', () => {
    assert.deepEqual(faultsOf(listing({}, { status: 418 })), [': status 418 is not described'])
    assert.deepEqual(faultsOf(listing('x', { contentType: 'text/html' })), [': content type text/html is not described'])
    assert.deepEqual(faultsOf(listing({ x: 1 }, { operation: 'DELETE /items', status: 204 })), [': no content is described'])
  })

  it('by shape, status and code of its error', () => {
    const error = { code: 'not_found', message: 'No such item.', status: 404 }
    assert.deepEqual(faultsOf(listing(error, { status: 404 })), [])
    assert.deepEqual(faultsOf(listing({ ...error, code: 'lost' }, { status: 404 })), ['/code: lost is not described'])
    assert.deepEqual(faultsOf(listing({ ...error, status: 400 }, { status: 404 })), ['/status: differs from the status of HTTP'])
    assert.deepEqual(faultsOf(listing({ error }, { status: 404 })).length, 3)
  })

  it('frame by frame', () => {
    const stream = { operation: 'POST /chat-messages', contentType: 'text/event-stream' }
    const frames = [{ event: 'message', answer: 'a' }, { event: 'message' }, { event: 'message', answer: 1 }, { event: 'news' }]
    assert.deepEqual(faultsOf(listing(frames, stream)), [
      'message/answer: is missing',
      'message/answer: must be string',
      'news: no such event is described',
    ])
  })
})

describe('the report', () => {
  const reportOn = (body: Json, more: object = {}) => {
    const exchanges = [listing(body)]
    const faults = exchanges.flatMap((exchange) => judge(description, exchange))
    const implemented = ['GET /items']
    return report({ description: describing('GET /items'), implemented, additional: [], exchanges, faults, deviations: [], ...more })
  }
  const describing = (...ids: string[]) => ({
    ...description,
    operations: new Map([...description.operations].filter(([id]) => ids.includes(id))),
  })
  const deviation = { at: /count/, what: /missing/, reason: 'We do not count.' }
  const { count, ...uncounted } = good

  it('passes where all is as described', () => assert.equal(reportOn({ data: [good] }).isPassed, true))
  it('fails at an unknown deviation', () => assert.equal(reportOn({ data: [uncounted] }).isPassed, false))
  it('tells a known one with its reason', () => {
    const { text, isPassed } = reportOn({ data: [uncounted] }, { deviations: [deviation] })
    assert.equal(isPassed, true)
    assert.match(text, /We do not count/)
  })
  it('fails where a known one is none any more', () => {
    assert.equal(reportOn({ data: [good] }, { deviations: [deviation] }).isPassed, false)
  })
  it('fails where an operation was not called', () => {
    assert.equal(reportOn({ data: [good] }, { implemented: ['GET /items', 'DELETE /items'] }).isPassed, false)
  })
  it('passes where only knowledge is left, and lists it', () => {
    const { text, isPassed } = reportOn({ data: [good] }, { description: describing('GET /items', 'GET /datasets') })
    assert.equal(isPassed, true)
    assert.match(text, /not implemented yet: 1 operations of knowledge:\n {2}Knowledge Bases \(1\): GET \/datasets/)
  })
  it('fails where anything else is described and not there', () => {
    const { text, isPassed } = reportOn({ data: [good] }, { description: describing('GET /items', 'POST /chat-messages') })
    assert.equal(isPassed, false)
    assert.match(text, /MISSING operations.*:\n {2}POST \/chat-messages/)
  })
})
