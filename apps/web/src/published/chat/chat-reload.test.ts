import { describe, expect, it } from 'vitest'
import { visitorsOwn } from '../storage.ts'
import { aPage, ask, aTab, shown, until, untilLast } from '../testing/chat-page.ts'
import { createFakeWebApp, type FakeWebApp, refusal } from '../testing/fake-web-app-api.ts'
import { activeThread } from './chat-state.ts'
import type { ChatStore } from './chat-store.ts'

async function answerWith(app: FakeWebApp, text: string): Promise<void> {
  const answer = await app.nextAnswer()
  answer.say(text)
  answer.end()
}

/** A page on which one question was answered. */
async function aConversation(app: FakeWebApp, tab = aTab()): Promise<ChatStore> {
  const store = aPage(app, tab)
  await store.start(undefined)
  ask(store, 'One')
  await answerWith(app, '1')
  await untilLast(store, 'done', '1')
  return store
}

describe('a reload between a question and the first frame of its answer', () => {
  it('finds the first question again, that the server had taken', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    ask(aPage(app, tab), 'Hi')
    const answer = await app.nextAnswer()
    const after = aPage(app, tab)
    await after.start(undefined)
    expect(shown(after)).toEqual([{ query: 'Hi', answer: '', status: 'waiting' }])
    answer.say('Hello')
    answer.end()
    await untilLast(after, 'done', 'Hello')
    expect(app.messages).toHaveLength(1)
    expect(activeThread(after.read())).toMatchObject({ conversationId: 'c1', inputs: { name: 'Ada' } })
    const later = aPage(app, tab)
    await later.start(undefined)
    expect(shown(later)).toEqual([])
  })

  it('asks a question that was lost on its way', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    app.loseAll()
    ask(aPage(app, tab), 'Hi')
    app.find()
    const after = aPage(app, tab)
    await after.start(undefined)
    await answerWith(app, 'Hello')
    await untilLast(after, 'done', 'Hello')
    expect(app.messages).toHaveLength(1)
  })

  it('finds a further question again, beside the history that has it already', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    ask(await aConversation(app, tab), 'Two')
    const answer = await app.nextAnswer()
    const after = aPage(app, tab)
    await after.start('c1')
    answer.say('2')
    answer.end()
    await untilLast(after, 'done', '2')
    expect(shown(after).map(({ query }) => query)).toEqual(['One', 'Two'])
    expect(activeThread(after.read()).turns).toHaveLength(2)
    expect(app.messages).toHaveLength(2)
    expect(app.calls.filter((call) => call.startsWith('resume'))).toEqual([])
  })

  it('asks for another answer beside the first one', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    const before = await aConversation(app, tab)
    app.loseAll()
    before.askAgain(activeThread(before.read()).turns[0] ?? expect.fail('nothing was said'))
    app.find()
    const after = aPage(app, tab)
    await after.start('c1')
    await answerWith(app, '1, in other words')
    await untilLast(after, 'done', '1, in other words')
    expect(shown(after)).toHaveLength(1)
    expect(activeThread(after.read()).turns.map(({ parentId }) => parentId)).toEqual([null, null])
  })

  it('asks in a conversation that is not on view any more', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    const before = await aConversation(app, tab)
    app.loseAll()
    ask(before, 'Two')
    app.find()
    const after = aPage(app, tab)
    await after.start(undefined)
    expect(shown(after)).toEqual([])
    await answerWith(app, '2')
    after.open('c1')
    await untilLast(after, 'done', '2')
    expect(shown(after).map(({ query }) => query)).toEqual(['One', 'Two'])
  })

  it('stops by its first frame what was stopped meanwhile', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    const before = aPage(app, tab)
    ask(before, 'Hi')
    const answer = await app.nextAnswer()
    before.stop()
    const after = aPage(app, tab)
    await after.start(undefined)
    expect(shown(after)).toMatchObject([{ query: 'Hi', status: 'stopped' }])
    answer.say('Hel')
    await expect.poll(() => answer.stopped).toBe(true)
    answer.end()
    await untilLast(after, 'stopped', 'Hel')
  })

  it('asks nothing in the name of another visitor', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    app.loseAll()
    ask(aPage(app, visitorsOwn(tab, 'ada')), 'Hi')
    app.find()
    const bea = aPage(app, visitorsOwn(tab, 'bea'))
    await bea.start(undefined)
    expect(shown(bea)).toEqual([])
    const ada = aPage(app, visitorsOwn(tab, 'ada'))
    await ada.start(undefined)
    await answerWith(app, 'Hello')
    await untilLast(ada, 'done', 'Hello')
  })

  it('says once that it is refused', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    app.loseAll()
    ask(aPage(app, tab), 'Hi')
    app.find()
    const after = aPage(app, tab)
    app.refuseNext(refusal('rate_limit_error', 429))
    await after.start(undefined)
    await untilLast(after, 'failed')
    const later = aPage(app, tab)
    await later.start(undefined)
    expect(shown(later)).toEqual([])
    expect(app.messages).toEqual([])
  })

  it('shows the history once it comes, though it did not at first', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    ask(await aConversation(app, tab), 'Two')
    const answer = await app.nextAnswer()
    const after = aPage(app, tab)
    const { listMessages } = app.api
    app.api.listMessages = () => Promise.reject(refusal('network_unreachable', 0))
    await after.start('c1')
    await until(after, () => activeThread(after.read()).status === 'failed')
    app.api.listMessages = listMessages
    after.open('c1')
    answer.say('2')
    answer.end()
    await untilLast(after, 'done', '2')
    expect(shown(after).map(({ query }) => query)).toEqual(['One', 'Two'])
    expect(activeThread(after.read()).turns).toHaveLength(2)
  })
})
