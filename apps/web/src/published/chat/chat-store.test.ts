import { describe, expect, it } from 'vitest'
import { createKeyValueStore } from '../storage.ts'
import { createFakeWebApp, type FakeWebApp, refusal } from '../testing/fake-web-app-api.ts'
import { activeThread } from './chat-state.ts'
import { type ChatStore, createChatStore } from './chat-store.ts'
import { createOpenTurns } from './open-turns.ts'
import { visibleThread } from './thread.ts'

/** A tab's storage: it outlives the page. */
function aTab() {
  return createKeyValueStore(() => {
    throw new Error('closed')
  })
}

function aPage(app: FakeWebApp, tab = aTab(), suggestsQuestions = false): ChatStore {
  return createChatStore({
    api: app.api,
    openTurns: createOpenTurns('code', tab),
    suggestsQuestions,
    onConnection: () => undefined,
    draw: (show) => queueMicrotask(show),
    pause: () => Promise.resolve(),
  })
}

const ask = (store: ChatStore, query: string) => store.send({ query, inputs: { name: 'Ada' }, files: [], attachments: [] })
const shown = (store: ChatStore) => {
  const { turns, leafKey } = activeThread(store.read())
  return visibleThread(turns, leafKey).map(({ turn }) => ({ query: turn.query, answer: turn.answer, status: turn.status }))
}

/** Resolves once the state is as wanted. */
function until(store: ChatStore, isWanted: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isWanted()) return resolve()
    const stop = store.subscribe(() => {
      if (!isWanted()) return
      stop()
      resolve()
    })
  })
}
const untilLast = (store: ChatStore, status: string, answer?: string) =>
  until(store, () => {
    const last = shown(store).at(-1)
    return last?.status === status && (answer === undefined || last.answer === answer)
  })

describe('a conversation', () => {
  it('begins with a question, appears in the list, and gets a name', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    await store.start(undefined)
    ask(store, 'Hi')
    const answer = await app.nextAnswer()
    expect(answer.input).toMatchObject({ query: 'Hi', inputs: { name: 'Ada' }, conversationId: undefined, parentMessageId: undefined })
    answer.say('Hel')
    await until(store, () => store.read().list.entries.length === 1)
    expect(store.read().list.entries[0]).toMatchObject({ id: 'c1', name: 'Hi', inputs: { name: 'Ada' } })
    answer.say('lo')
    answer.end()
    await until(store, () => store.read().list.entries[0]?.name === 'named c1')
    expect(shown(store)).toEqual([{ query: 'Hi', answer: 'Hello', status: 'done' }])
  })

  it('is rated, with a reason where there is one', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    ask(store, 'Hi')
    ;(await app.nextAnswer()).end()
    await untilLast(store, 'done')
    const last = () => activeThread(store.read()).turns.at(-1) ?? expect.fail('nothing was said')
    for (const reason of [undefined, 'Too short']) await store.rate(last(), 'dislike', reason)
    expect(last().rating).toBe('dislike')
    expect(app.calls.filter((call) => call.startsWith('rate'))).toEqual(['rate m1 dislike', 'rate m1 dislike because Too short'])
  })

  it('goes on after the answer on view', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    ask(store, 'One')
    const first = await app.nextAnswer()
    first.say('1')
    first.end()
    await untilLast(store, 'done')
    ask(store, 'Two')
    expect((await app.nextAnswer()).input).toMatchObject({ conversationId: 'c1', parentMessageId: 'm1' })
  })

  it('asks again beside the old answer, also for a first question', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    ask(store, 'One')
    const first = await app.nextAnswer()
    first.say('1')
    first.end()
    await untilLast(store, 'done')
    const [turn] = activeThread(store.read()).turns
    if (turn) store.askAgain(turn)
    const second = await app.nextAnswer()
    expect(second.input).toMatchObject({ query: 'One', conversationId: 'c1' })
    expect(second.input.parentMessageId).toBeUndefined()
    second.say('uno')
    second.end()
    await untilLast(store, 'done', 'uno')
    expect(shown(store)).toHaveLength(1)
    if (turn) store.choose(turn)
    expect(shown(store)).toEqual([{ query: 'One', answer: '1', status: 'done' }])
    const later = aPage(app)
    later.open('c1')
    await untilLast(later, 'done')
    expect(shown(later)).toEqual([{ query: 'One', answer: 'uno', status: 'done' }])
  })

  it('suggests questions once the answer is whole', async () => {
    const app = createFakeWebApp()
    app.suggestions = ['And then?']
    const store = aPage(app, aTab(), true)
    ask(store, 'Hi')
    const answer = await app.nextAnswer()
    answer.say('Hello')
    answer.end()
    await until(store, () => activeThread(store.read()).turns[0]?.suggestions.length === 1)
  })

  it('answers on while another one is on view', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    ask(store, 'One')
    const answer = await app.nextAnswer()
    answer.say('1')
    await untilLast(store, 'streaming')
    store.startNew()
    expect(shown(store)).toEqual([])
    answer.say('!')
    answer.end()
    store.open('c1')
    await untilLast(store, 'done', '1!')
  })
})

describe('a lost connection', () => {
  it('goes on where it broke off', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    ask(store, 'Hi')
    const answer = await app.nextAnswer()
    answer.say('Hel')
    await untilLast(store, 'streaming', 'Hel')
    answer.cut()
    answer.say('lo')
    answer.end()
    await untilLast(store, 'done', 'Hello')
    expect(app.calls).toEqual(['resume m1 1-0'])
  })

  it('does not double a question that was taken before it was lost', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    ask(store, 'One')
    const first = await app.nextAnswer()
    first.say('1')
    first.end()
    await untilLast(store, 'done')
    ask(store, 'Two')
    const second = await app.nextAnswer()
    second.cut()
    second.say('2')
    second.end()
    await untilLast(store, 'done', '2')
    expect(app.messages.map((message) => message.query)).toEqual(['One', 'Two'])
  })

  it('is said where the question never arrived, which is then asked in its place', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    app.refuseNext(refusal('network_unreachable', 0))
    ask(store, 'Hi')
    await untilLast(store, 'failed')
    const [turn] = activeThread(store.read()).turns
    expect(turn?.error?.code).toBe('network_unreachable')
    if (turn) store.askAgain(turn)
    const answer = await app.nextAnswer()
    answer.say('Hello')
    answer.end()
    await untilLast(store, 'done')
    expect(shown(store)).toEqual([{ query: 'Hi', answer: 'Hello', status: 'done' }])
  })
})

describe('a reload in mid-answer', () => {
  it('goes on with the answer, nothing doubled', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    const before = aPage(app, tab)
    ask(before, 'Hi')
    const answer = await app.nextAnswer()
    answer.say('Hel')
    await untilLast(before, 'streaming', 'Hel')
    const after = aPage(app, tab)
    await after.start('c1')
    await untilLast(after, 'streaming', 'Hel')
    answer.say('lo')
    answer.end()
    await untilLast(after, 'done', 'Hello')
    expect(activeThread(after.read()).turns).toHaveLength(1)
  })

  it('finds the conversation that had no id yet', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    const before = aPage(app, tab)
    await before.start(undefined)
    ask(before, 'Hi')
    const answer = await app.nextAnswer()
    const after = aPage(app, tab)
    await after.start(undefined)
    answer.say('Hello')
    answer.end()
    await untilLast(after, 'done', 'Hello')
    expect(activeThread(after.read()).conversationId).toBe('c1')
  })

  it('tells the truth of an answer that was interrupted meanwhile', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    const before = aPage(app, tab)
    ask(before, 'Hi')
    const answer = await app.nextAnswer()
    answer.say('Hel')
    await untilLast(before, 'streaming')
    answer.fail('run_interrupted')
    const after = aPage(app, tab)
    await after.start('c1')
    await untilLast(after, 'failed', 'Hel')
  })
})

it('shows an empty answer as the history has it where its stream is not kept any more', async () => {
  const app = createFakeWebApp()
  const first = aPage(app)
  ask(first, 'Hi')
  ;(await app.nextAnswer()).end()
  await untilLast(first, 'done')
  app.forgetStreams()
  const later = aPage(app)
  await later.start('c1')
  await until(later, () => app.calls.includes('resume m1 from the beginning'))
  await untilLast(later, 'done', '')
})

describe('a stop', () => {
  it('is sent to the server', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    ask(store, 'Hi')
    const answer = await app.nextAnswer()
    answer.say('Hel')
    await untilLast(store, 'streaming')
    store.stop()
    expect(answer.stopped).toBe(true)
    answer.end()
    await untilLast(store, 'stopped', 'Hel')
  })

  it('before the first word is sent with it', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    ask(store, 'Hi')
    const answer = await app.nextAnswer()
    store.stop()
    answer.say('Hel')
    await untilLast(store, 'stopped', 'Hel')
    expect(answer.stopped).toBe(true)
  })
})

describe('the list', () => {
  it('goes back on a pin that was refused', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    ask(store, 'Hi')
    ;(await app.nextAnswer()).say('Hello')
    await until(store, () => store.read().list.entries.length === 1)
    app.conversations.clear()
    await expect(store.setPinned('c1', true)).rejects.toMatchObject({ code: 'not_found' })
    expect(store.read().list.entries[0]?.isPinned).toBe(false)
  })

  it('opens a new conversation where the one on view is deleted', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    ask(store, 'Hi')
    ;(await app.nextAnswer()).say('Hello')
    await until(store, () => store.read().list.entries.length === 1)
    await store.remove('c1')
    expect([store.read().list.entries, shown(store)]).toEqual([[], []])
  })
})
