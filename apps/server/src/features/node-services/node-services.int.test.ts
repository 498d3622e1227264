import type { RunFacts } from '@trellis/spec'
import { beforeAll, describe, expect, it } from 'vitest'
import { callerIn } from '../../testing/model-callers.ts'
import { describeTalks, insertConversation, insertMessage } from '../../testing/talks.ts'
import type { TestApp } from '../../testing/test-server.ts'
import { createAttachments } from '../files/index.ts'
import { createNodeFiles } from './files.service.ts'
import { createNodeMemory } from './memory.service.ts'
import { createNodeModels } from './models.service.ts'

const signal = new AbortController().signal

await describeTalks('services of nodes', (talks) => {
  let app: TestApp
  beforeAll(async () => {
    app = await talks.server.createApp(talks.session, { mode: 'chat' })
  })
  const models = () => createNodeModels({ gateway: talks.server.process.features.models.gateway, caller: callerIn(talks.tenantId) })
  const demo = () => models().resolve('demo', 'demo-chat')

  describe('models', () => {
    it('resolves, calls and prices a model of the workspace, and counts tokens', async () => {
      const model = await demo()
      let text = ''
      for await (const event of model.stream({ messages: [{ role: 'user', content: 'Hi' }], parameters: {} }, signal))
        if (event.type === 'text-delta') text += event.text
      expect(text).not.toBe('')
      expect(await model.countTokens([{ role: 'user', content: 'one two three' }])).toBe(3)
    })

    it('refuses what the workspace does not have', async () => {
      await expect(models().resolve('no-such', 'm')).rejects.toMatchObject({ code: expect.any(String) })
    })
  })

  describe('6.5 memory', () => {
    const NIL = '00000000-0000-0000-0000-000000000000'
    /** Three answered turns and the one that is being answered. */
    const converse = async () => {
      const conversation = await insertConversation(talks, { app_id: app.id })
      const messages = []
      for (const [index, query] of ['one', 'two', 'three', 'now'].entries()) {
        const at = conversation.created_at + index
        messages.push(
          await insertMessage(talks, conversation, {
            parent_message_id: NIL,
            query,
            answer: index === 3 ? '' : `re ${query}`,
            created_at: at,
          }),
        )
      }
      const run = { tenantId: talks.tenantId, conversationId: conversation.id, messageId: messages.at(-1)?.id ?? '' }
      const attachments = createAttachments({ db: talks.db, storage: talks.server.process.platform.storage, toPublicUrl: undefined })
      return createNodeMemory({ db: talks.db, attachments, run })
    }
    const recall = async (options: { readonly maxTokens?: number; readonly messageLimit?: number }) => {
      const history = await (await converse()).history({ maxTokens: 1000, messageLimit: undefined, model: await demo(), ...options })
      return history.map(({ content }) => content)
    }

    it('tells earlier turns old to new, without the one being answered', async () => {
      expect(await recall({})).toEqual(['one', 're one', 'two', 're two', 'three', 're three'])
    })

    it('counts the unanswered row towards the window', async () => {
      expect(await recall({ messageLimit: 3 })).toEqual(['two', 're two', 'three', 're three'])
      expect(await recall({ messageLimit: 1 })).toEqual([])
    })

    it('drops the oldest single message where tokens do not fit', async () => {
      expect(await recall({ maxTokens: 5 })).toEqual(['re two', 'three', 're three'])
    })
  })

  describe('files', () => {
    const run: Pick<RunFacts, 'tenantId' | 'appId' | 'runId' | 'userId' | 'invokeFrom'> = {
      tenantId: '',
      appId: '01890000-0000-7000-8000-000000000001',
      runId: '01890000-0000-7000-8000-000000000002',
      userId: '01890000-0000-7000-8000-000000000000',
      invokeFrom: 'service-api',
    }
    const open = (sendsUrls: boolean, facts = run) => {
      const { features, platform } = talks.server.process
      const { files, fileLinks } = features
      return createNodeFiles({
        db: talks.db,
        storage: platform.storage,
        files,
        fileLinks,
        sendsUrls,
        run: { ...facts, tenantId: talks.tenantId },
      })
    }

    it('keeps what a node made, reads it, and sends it as bytes or by address', async () => {
      const file = await open(false).save({ bytes: Buffer.from('png'), filename: 'a.png', mimeType: 'image/png' })
      expect(file).toMatchObject({ type: 'image', transfer_method: 'tool_file', filename: 'a.png', extension: '.png', size: 3 })
      expect(Buffer.from((await open(false).read(file, signal)).bytes).toString()).toBe('png')
      expect(await open(false).toContentPart(file, 'low', signal)).toMatchObject({ type: 'image', detail: 'low', base64: 'cG5n' })
      expect(await open(true).toContentPart(file, 'low', signal)).toMatchObject({
        url: expect.stringContaining(`/files/${file.related_id}/file-preview?`),
      })
    })

    it('opens no upload of somebody else, but what its run has to do with, and what an editor of the app may use', async () => {
      const other = '01890000-0000-7000-8000-00000000000f'
      const theirs = { ...run, userId: other, runId: '01890000-0000-7000-8000-00000000000e' }
      const kept = await open(false).save({ bytes: Buffer.from('x'), filename: 'a.txt', mimeType: 'text/plain' })
      await expect(open(false, theirs).read(kept, signal)).rejects.toMatchObject({ code: 'file_not_found' })
      await expect(open(false, { ...theirs, invokeFrom: 'debugger' }).read(kept, signal)).rejects.toMatchObject({ code: 'file_not_found' })
      const named = await open(false, { ...theirs, runId: run.runId }).read(kept, signal)
      expect(Buffer.from(named.bytes).toString()).toBe('x')
    })

    it('fetches no address of the inside, and tells of what is gone', async () => {
      const kept = await open(false).save({ bytes: Buffer.from('x'), filename: 'a.txt', mimeType: 'text/plain' })
      const remote = { ...kept, transfer_method: 'remote_url', related_id: null, remote_url: 'http://127.0.0.1:9/a.txt' } as const
      await expect(open(false).read(remote, signal)).rejects.toMatchObject({ code: 'remote_file_upload_error' })
      await expect(open(false).read({ ...kept, related_id: run.userId }, signal)).rejects.toMatchObject({ code: 'file_not_found' })
    })
  })
})
