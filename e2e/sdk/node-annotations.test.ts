import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { ChatClient } from 'dify-client'
import { type ServedApps, serveApps } from '../served-apps.ts'
import { rejects } from './node-replies.ts'

const user = 'anna'
const question = 'When are you open?'
const POLL_INTERVAL_MS = 50
const MAX_POLLS = 200

/** The client has no methods for annotations; `sendRequest` is its way to them, but for PUT, which its types do not know. */
describe('npm dify-client: annotations', () => {
  let apps: ServedApps
  let chat: ChatClient
  let id: string

  before(async () => {
    apps = await serveApps()
    chat = new ChatClient(apps.chat.key, apps.baseUrl)
  })
  after(() => apps?.server.stop())

  const turn = async (action: 'enable' | 'disable'): Promise<void> => {
    const body = { score_threshold: 0.9, embedding_provider_name: '', embedding_model_name: '' }
    const { data } = await chat.sendRequest('POST', `/apps/annotation-reply/${action}`, body)
    for (let poll = 0; poll < MAX_POLLS; poll += 1) {
      const job = (await chat.sendRequest('GET', `/apps/annotation-reply/${action}/status/${data.job_id}`)).data
      if (job.job_status === 'completed') return
      assert.notEqual(job.job_status, 'error', job.error_msg)
      await wait(POLL_INTERVAL_MS)
    }
    assert.fail(`not ${action}d after ${MAX_POLLS} looks`)
  }
  const ask = async () => (await chat.createChatMessage({}, question, user)).data

  it('sendRequest, to write and list them', async () => {
    const { status, data } = await chat.sendRequest('POST', '/apps/annotations', { question, answer: 'From nine.' })
    assert.equal(status, 201)
    id = data.id
    const list = (await chat.sendRequest('GET', '/apps/annotations')).data
    assert.deepEqual([list.total, list.data[0].id, list.data[0].hit_count], [1, id, 0])
  })

  it('createChatMessage, answered by people while that is on', async () => {
    await turn('enable')
    const { answer, metadata } = await ask()
    assert.equal(answer, 'From nine.')
    assert.equal(metadata.annotation_reply.id, id)
    await turn('disable')
    assert.notEqual((await ask()).answer, 'From nine.')
  })

  it('sendRequest, to delete one', async () => {
    assert.equal((await chat.sendRequest('DELETE', `/apps/annotations/${id}`)).status, 204)
    await rejects(chat.sendRequest('DELETE', `/apps/annotations/${id}`), 404, 'not_found')
  })
})
