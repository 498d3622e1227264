import { describe, expect, it } from 'vitest'
import { aPage, ask, until, untilLast } from '../testing/chat-page.ts'
import { createFakeWebApp, type FakeWebApp } from '../testing/fake-web-app-api.ts'
import { activeThread } from './chat-state.ts'
import type { ChatStore } from './chat-store.ts'

const onView = (store: ChatStore) => {
  const { conversationId, status, isForMissing } = activeThread(store.read())
  return { conversationId, status, isForMissing }
}
const aNewOne = { conversationId: undefined, status: 'ready' }

async function said(app: FakeWebApp, store: ChatStore): Promise<void> {
  ask(store, 'Hi')
  const answer = await app.nextAnswer()
  answer.say('Hello')
  answer.end()
  await untilLast(store, 'done')
}

describe('a link to a conversation that is not here', () => {
  it('begins a new one and says so, until another one is begun or opened', async () => {
    const store = aPage(createFakeWebApp())
    await store.start('c7')
    await until(store, () => activeThread(store.read()).conversationId === undefined)
    expect(onView(store)).toEqual({ ...aNewOne, isForMissing: true })
    expect(store.read().threads).toHaveLength(1)
    store.startNew()
    expect(onView(store)).toEqual({ ...aNewOne, isForMissing: false })
  })

  it('takes nobody away from what they have opened meanwhile', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    await said(app, store)
    store.open('c7')
    store.open('c1')
    await until(store, () => store.read().threads.every(({ conversationId }) => conversationId !== 'c7'))
    expect(onView(store)).toEqual({ conversationId: 'c1', status: 'ready', isForMissing: false })
  })

  it('is one that failed where the server could not say', async () => {
    const app = createFakeWebApp()
    app.api.listMessages = () => Promise.reject(new TypeError('away'))
    const store = aPage(app)
    await store.start('c7')
    expect(onView(store)).toEqual({ conversationId: 'c7', status: 'failed', isForMissing: false })
  })
})

it('who deletes a conversation is not told that it is not here', async () => {
  const app = createFakeWebApp()
  const store = aPage(app)
  await said(app, store)
  const states: (string | undefined)[] = []
  store.subscribe(() => {
    const { threads, activeKey } = store.read()
    const hasLost = threads.every(({ conversationId }) => conversationId !== 'c1')
    if (activeThread(store.read()).conversationId === undefined) states.push(hasLost ? activeKey : 'still among the others')
  })
  await store.remove('c1')
  expect(onView(store)).toEqual({ ...aNewOne, isForMissing: false })
  // Its address is given up with it, in one step.
  expect(states).not.toContain('still among the others')
})
