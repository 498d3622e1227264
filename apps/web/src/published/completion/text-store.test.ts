import { describe, expect, it } from 'vitest'
import { createKeyValueStore, type KeyValueStore } from '../storage.ts'
import { createFakeWebApp, type FakeWebApp } from '../testing/fake-web-app-api.ts'
import { createTextStore, type TextStore } from './text-store.ts'

/** A tab's storage: it outlives the page. */
function aTab() {
  return createKeyValueStore(() => {
    throw new Error('closed')
  })
}

function aPage(app: FakeWebApp, tabStore: KeyValueStore = aTab(), draw: (show: () => void) => void = queueMicrotask): TextStore {
  return createTextStore({
    api: app.api,
    code: 'code',
    tabStore,
    onConnection: () => undefined,
    draw,
    pause: () => Promise.resolve(),
  })
}

const shown = (store: TextStore) => store.read().results.map(({ answer, status }) => ({ answer, status }))

/** Resolves once the newest text is as wanted. */
function until(store: TextStore, status: string, answer: string): Promise<void> {
  const isWanted = () => {
    const [newest] = shown(store)
    return newest?.status === status && newest.answer === answer
  }
  return new Promise((resolve) => {
    if (isWanted()) return resolve()
    const stop = store.subscribe(() => {
      if (!isWanted()) return
      stop()
      resolve()
    })
  })
}

/** Resolves once a text, wherever it stands, is whole. */
function untilAny(store: TextStore, answer: string): Promise<void> {
  const isThere = () => shown(store).some((text) => text.status === 'done' && text.answer === answer)
  return new Promise((resolve) => {
    if (isThere()) return resolve()
    const stop = store.subscribe(() => {
      if (!isThere()) return
      stop()
      resolve()
    })
  })
}

describe('texts', () => {
  it('stand newest first, with the inputs that they were made of', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    for (const name of ['Ada', 'Bea']) {
      store.run({ name })
      const text = await app.nextAnswer()
      text.say(name)
      text.end()
      await until(store, 'done', name)
    }
    expect(store.read().results.map((turn) => turn.inputs)).toEqual([{ name: 'Bea' }, { name: 'Ada' }])
  })

  it('are followed by further versions of them, in a reload too', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    const store = aPage(app, tab)
    const write = async (answer: string) => {
      const text = await app.nextAnswer()
      text.say(answer)
      text.end()
      await untilAny(store, answer)
    }
    for (const name of ['Ada', 'Bea']) {
      store.run({ name })
      await write(name)
    }
    for (const version of ['Ada again', 'Ada once more']) {
      const ada = store.read().results.findLast((turn) => turn.inputs['name'] === 'Ada')
      if (ada) store.runLike(ada)
      await write(version)
    }
    expect(app.calls).toEqual(['like m1', 'like m3'])
    expect(shown(aPage(app, tab)).map(({ answer }) => answer)).toEqual(['Bea', 'Ada', 'Ada again', 'Ada once more'])
  })

  it('make room for a further version of the lowest one, and keep what it is like', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    const write = async (answer: string) => {
      const text = await app.nextAnswer()
      text.say(answer)
      text.end()
      await untilAny(store, answer)
    }
    for (let count = 1; count <= 20; count += 1) {
      store.run({})
      await write(`text ${count}`)
    }
    const lowest = store.read().results.at(-1)
    if (lowest) store.runLike(lowest)
    await write('a further version')
    expect(store.read().results).toHaveLength(20)
    expect(
      shown(store)
        .slice(-3)
        .map(({ answer }) => answer),
    ).toEqual(['text 3', 'text 1', 'a further version'])
  })

  it('outlive a reload; one that is being written goes on', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    const before = aPage(app, tab)
    before.run({})
    const text = await app.nextAnswer()
    text.say('Dear ')
    await until(before, 'streaming', 'Dear ')
    const after = aPage(app, tab)
    await after.start()
    text.say('all')
    text.end()
    await until(after, 'done', 'Dear all')
    expect(shown(after)).toHaveLength(1)
    expect(shown(aPage(app, tab))).toEqual([{ answer: 'Dear all', status: 'done' }])
  })

  it('are asked for again by the same name after a reload before the first frame, also further versions', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    aPage(app, tab).run({ name: 'Ada' })
    const text = await app.nextAnswer()
    const after = aPage(app, tab)
    await after.start()
    expect(after.read().results).toMatchObject([{ status: 'waiting', inputs: { name: 'Ada' } }])
    text.say('Dear Ada')
    text.end()
    await until(after, 'done', 'Dear Ada')
    expect(app.messages).toHaveLength(1)
    app.loseAll()
    const [first] = after.read().results
    if (first) after.runLike(first)
    app.find()
    const later = aPage(app, tab)
    await later.start()
    const version = await app.nextAnswer()
    version.say('Ada, my dear')
    version.end()
    await untilAny(later, 'Ada, my dear')
    expect(shown(aPage(app, tab)).map(({ answer }) => answer)).toEqual(['Dear Ada', 'Ada, my dear'])
    expect(app.messages).toHaveLength(2)
  })

  it('that were stopped before the first frame are stopped by it after a reload, and stand there once', async () => {
    const app = createFakeWebApp()
    const tab = aTab()
    const before = aPage(app, tab)
    before.run({})
    const text = await app.nextAnswer()
    before.stop()
    const after = aPage(app, tab)
    await after.start()
    expect(shown(after)).toEqual([{ answer: '', status: 'stopped' }])
    text.say('Dear')
    await expect.poll(() => text.stopped).toBe(true)
    text.end()
    await until(after, 'stopped', 'Dear')
    expect(shown(aPage(app, tab))).toEqual([{ answer: 'Dear', status: 'stopped' }])
  })

  it('are stopped on the server, also before the first word', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    store.run({})
    const text = await app.nextAnswer()
    store.stop()
    text.say('Dear')
    text.end()
    await until(store, 'stopped', 'Dear')
    expect(text.stopped).toBe(true)
  })

  it('are stopped by their first frame though that wish was lost on its way', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    store.run({})
    const text = await app.nextAnswer()
    store.stop()
    app.loseNextStop()
    text.say('Dear')
    await expect.poll(() => text.stopped).toBe(true)
    text.end()
    await until(store, 'stopped', 'Dear')
  })

  it('are stopped between a frame and the picture of it, and stay so in it', async () => {
    const app = createFakeWebApp()
    const pictures: (() => void)[] = []
    const store = aPage(app, aTab(), (show) => pictures.push(show))
    store.run({})
    const text = await app.nextAnswer()
    text.say('Dear')
    await expect.poll(() => pictures).toHaveLength(1)
    store.stop()
    expect(text.stopped).toBe(true)
    for (const show of pictures) show()
    expect(shown(store)).toEqual([{ answer: 'Dear', status: 'stopped' }])
  })

  it('are stopped though the wish was lost on its way', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    store.run({})
    const text = await app.nextAnswer()
    text.say('Dear')
    await until(store, 'streaming', 'Dear')
    app.loseNextStop()
    store.stop()
    await expect.poll(() => text.stopped).toBe(true)
    text.end()
    await until(store, 'stopped', 'Dear')
  })

  it('are saved and forgotten', async () => {
    const app = createFakeWebApp()
    const store = aPage(app)
    store.run({})
    const text = await app.nextAnswer()
    text.say('Dear')
    text.end()
    await until(store, 'done', 'Dear')
    const [turn] = store.read().results
    if (turn) await store.save(turn)
    expect(store.read().saved.items).toMatchObject([{ id: 'm1', answer: 'Dear' }])
    await store.forget('m1')
    expect(store.read().saved.items).toEqual([])
    expect(app.calls).toEqual(['save m1', 'forget m1'])
  })
})
