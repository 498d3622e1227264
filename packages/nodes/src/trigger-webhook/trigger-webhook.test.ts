import { expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { triggerWebhookNode } from './node.ts'

const call = {
  method: 'post',
  headers: { 'x-request-id': 'r1', Accept: '*/*' },
  query_params: { page: '2' },
  body: { name: 'Ada', age: 36 },
  files: {},
}
const variables = { 'node.webhook_data': call, 'sys.timestamp': 1700000000 }

it('2.24 gives what its fields name, and null for what did not come', async () => {
  const data = {
    headers: [{ name: 'X-Request-Id' }, { name: 'accept' }, { name: 'missing' }],
    params: [{ name: 'page' }, { name: 'size' }],
    body: [{ name: 'name' }, { name: 'age', type: 'number' }],
  }
  const { outcome } = await runNode(triggerWebhookNode, data, { variables })
  expect(outcome).toMatchObject({
    status: 'succeeded',
    outputs: {
      X_Request_Id: 'r1',
      accept: '*/*',
      missing: null,
      page: '2',
      size: null,
      name: 'Ada',
      age: 36,
      _webhook_raw: call,
      'sys.timestamp': 1700000000,
    },
  })
})

it('2.24 gives a body of plain text, or of bytes, whole', async () => {
  const raw = { 'node.webhook_data': { ...call, body: { raw: 'hello' } } }
  for (const content_type of ['text/plain', 'application/octet-stream']) {
    const { outcome } = await runNode(triggerWebhookNode, { content_type, body: [{ name: 'raw_text' }] }, { variables: raw })
    expect(outcome).toMatchObject({ outputs: { raw_text: 'hello' } })
  }
})
