import { Float } from '@trellis/values'
import { expect, it } from 'vitest'
import { readCall, type WebhookRequest } from './webhook-call.ts'
import { readWebhook } from './webhook-config.ts'
import { toReply } from './webhook-reply.ts'
import { readParameters } from './webhook-values.ts'

const call = (node: object, request: Partial<Omit<WebhookRequest, 'bytes'>> & { readonly body?: string | Buffer } = {}) =>
  readCall(readWebhook(node as Parameters<typeof readWebhook>[0]), {
    method: 'POST',
    headers: {},
    query: '',
    ...request,
    bytes: Buffer.from(request.body ?? ''),
  })
const post = { method: 'post' }
const typed = (type: string) => ({ headers: { 'content-type': type } })
const form = (parts: string): object => ({
  ...typed('multipart/form-data; boundary=x'),
  body: `${parts.replaceAll('\n', '\r\n')}--x--\r\n`,
})

it('takes what was declared by its type, and the rest as it is', async () => {
  const node = {
    ...post,
    params: [
      { name: 'page', type: 'number', required: true },
      { name: 'dry', type: 'boolean' },
    ],
    body: [
      { name: 'amount', type: 'number' },
      { name: 'tags', type: 'array[string]' },
    ],
  }
  const body = '{"amount": 1.0, "tags": ["a"], "other": {"x": null}}'
  expect(await call(node, { query: 'page=2&dry=YES&page=3&q=a%20b', body, headers: { 'x-request-id': 'r1' } })).toEqual({
    method: 'POST',
    headers: { 'X-Request-Id': 'r1' },
    queryParams: { page: 2, dry: true, q: 'a b' },
    body: { amount: new Float(1), tags: ['a'], other: { x: null } },
    files: [],
  })
})

it.each<readonly [what: string, node: object, request: object, reason: string]>([
  ['another method', { method: 'PUT' }, {}, 'by PUT, not by POST'],
  ['another content type', { ...post, content_type: 'text/plain' }, {}, 'takes text/plain, not application/json'],
  ['a missing header', { ...post, headers: [{ name: 'X-Signature', required: true }] }, {}, 'header "X-Signature" is required'],
  ['a missing parameter', { ...post, params: [{ name: 'page', required: true }] }, {}, 'query parameter "page" is required'],
  ['a parameter of another type', { ...post, params: [{ name: 'n', type: 'number' }] }, { query: 'n=0x1' }, '"n" must be a number'],
  ['a word that is no truth', { ...post, params: [{ name: 'b', type: 'boolean' }] }, { query: 'b=constructor' }, '"b" must be one of'],
  ['a broken body', post, { body: '{' }, 'not valid JSON'],
  ['a missing field', { ...post, body: [{ name: 'a', required: true }] }, { body: '[1]' }, 'body field "a" is required'],
  ['a field of another type', { ...post, body: [{ name: 'a', type: 'string' }] }, { body: '{"a": 1}' }, 'must be of the type string'],
  ['a truth for a number', { ...post, body: [{ name: 'a', type: 'number' }] }, { body: '{"a": true}' }, 'must be of the type number'],
  ['a file in JSON', { ...post, body: [{ name: 'a', type: 'file' }] }, { body: '{"a": {}}' }, 'must be of the type file'],
  ['endless nesting', post, { body: '['.repeat(300) + ']'.repeat(300) }, 'levels deep'],
  ['an empty text', { ...post, content_type: 'text/plain', body: [{ name: 'a', required: true }] }, typed('text/plain'), 'was empty'],
  ['a form without boundary', { ...post, content_type: 'multipart/form-data' }, typed('multipart/form-data'), 'The form is broken'],
  [
    'a form cut off',
    { ...post, content_type: 'multipart/form-data' },
    { ...typed('multipart/form-data; boundary=x'), body: '--x' },
    'The form is broken',
  ],
])('refuses %s', async (_what, node, request, reason) => {
  await expect(call(node, request)).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining(reason) })
})

it('finds a required header in any case, with hyphens or underscores', async () => {
  const node = { ...post, headers: [{ name: 'x_signature', required: true }] }
  expect(await call(node, { headers: { 'x-signature': 's' } })).toMatchObject({ headers: { 'X-Signature': 's' } })
})

it('reads forms, of which files stand apart', async () => {
  const node = {
    ...post,
    content_type: 'multipart/form-data',
    body: [
      { name: 'age', type: 'number' },
      { name: 'photo', type: 'file', required: true },
    ],
  }
  const age = '--x\nContent-Disposition: form-data; name="age"\n\n36\n'
  const photo = '--x\nContent-Disposition: form-data; name="photo"; filename="a.png"\nContent-Type: image/png\n\nbytes\n'
  expect(await call(node, form(age + photo))).toMatchObject({
    body: { age: 36 },
    files: [{ field: 'photo', name: 'a.png', mimeType: 'image/png', bytes: Buffer.from('bytes') }],
  })
  await expect(call(node, form(age))).rejects.toMatchObject({ message: expect.stringContaining('"photo" is required') })
  const encoded = { ...node, content_type: 'application/x-www-form-urlencoded', body: [{ name: 'age', type: 'number' }] }
  expect(await call(encoded, { ...typed(encoded.content_type), body: 'age=1.5&__proto__=x' })).toMatchObject({ body: { age: 1.5 } })
})

it('takes a text and bytes whole', async () => {
  expect(await call({ ...post, content_type: 'text/plain' }, { ...typed('text/plain; charset=utf-8'), body: 'grüß' })).toMatchObject({
    body: { raw: 'grüß' },
  })
  const octets = { ...post, content_type: 'application/octet-stream' }
  const bytes = Buffer.from([0, 255])
  expect(await call(octets, { ...typed(octets.content_type), body: bytes })).toMatchObject({ whole: { bytes } })
  expect(await call(octets, typed(octets.content_type))).toMatchObject({ body: { raw: null }, files: [] })
})

it('lets nobody pass off JSON as a file of the workspace', async () => {
  const body = JSON.stringify({ a: [{ dify_model_identity: '__dify__file__', related_id: 'x' }] })
  expect(await call(post, { body })).toMatchObject({ body: { a: [{ related_id: 'x' }] } })
  expect(JSON.stringify((await call(post, { body })).body)).not.toContain('__dify__file__')
})

it.each([
  ['', 200, '{"status":"success","message":"Webhook processed successfully"}'],
  ['Thanks', 202, '{"message":"Thanks"}'],
  ['{"ok": 1.0}', 201, '{"ok": 1.0}'],
  ['{"ok"', 200, '{"message":"{\\"ok\\""}'],
  ['{}', 204, undefined],
])('answers %j with %i as its node says', (response_body, status_code, body) => {
  expect(toReply({ status_code, response_body })).toEqual({ status: status_code, body })
})

it('refuses a number of many digits that is none in no long time, and in few words', () => {
  const declared = [{ name: 'n', type: 'number', required: true }] as const
  const read = () => readParameters({ n: `${'1'.repeat(300_000)}x` }, declared, { place: 'query parameter', isText: true })
  expect(read).toThrow(/^The query parameter "n" must be a number, but is "1{100}…"\.$/)
})

it('refuses nodes that no call could fit', () => {
  expect(() => readWebhook({ status_code: 42 })).toThrow('status_code')
  expect(() => readWebhook({ method: 'TRACE' })).toThrow('method')
})
