import { ApiError } from '@trellis/client'
import { describe, expect, it } from 'vitest'
import type { RunPlace } from '../api/follow-run.ts'
import type { RunFrame } from '../api/web-app-api.ts'
import { aTab } from '../testing/chat-page.ts'
import { createPageRuns, type PageRun } from './page-runs.ts'

const frame = (id: string, event: string): RunFrame => ({
  id,
  event: { event, task_id: 't', workflow_run_id: 'r', data: {} } as unknown as RunFrame['event'], // only names are read
})

/** A page whose server gives these streams, one after the other. */
function aPage(tabStore: ReturnType<typeof aTab>, ...streams: (readonly RunFrame[] | Error)[]) {
  const places: RunPlace[] = []
  const asked: unknown[] = []
  async function* next() {
    const stream = streams.shift() ?? []
    if (stream instanceof Error) throw stream
    yield* stream
  }
  const runs = createPageRuns({
    api: {
      runWorkflow(inputs, { askId }) {
        asked.push({ inputs, askId })
        return next()
      },
      followWorkflow(place) {
        places.push(place)
        return next()
      },
      stopWorkflow: () => Promise.resolve(),
    },
    code: 'code',
    tabStore,
    onConnection: () => undefined,
    pause: () => Promise.resolve(),
  })
  const run = async (what: PageRun) => {
    const names: string[] = []
    for await (const { event } of runs.start(what, new AbortController().signal)) names.push(event)
    return names
  }
  return { runs, run, places, asked }
}

describe('the run of a page', () => {
  it('is told from behind its first frame after a reload, also when it is over', async () => {
    const tab = aTab()
    const before = aPage(tab, [frame('0-0', 'workflow_started'), frame('0-1', 'node_started'), frame('0-2', 'workflow_finished')])
    await before.run({ inputs: {} })
    const after = aPage(tab, [frame('0-1', 'node_started'), frame('0-2', 'workflow_finished')])
    expect(await after.run(after.runs.takeUp() ?? expect.fail('nothing was kept'))).toEqual(['node_started', 'workflow_finished'])
    expect(after.places).toEqual([{ runId: 'r', lastEventId: '0-0' }])
  })

  it('is asked for again by its name after a reload before its first frame', async () => {
    const tab = aTab()
    await aPage(tab, [frame('0-0', 'workflow_finished')]).run({ inputs: { topic: 'snow' } })
    const before = aPage(tab)
    const left = expect(before.run({ inputs: { topic: 'rain' } })).rejects.toThrow(ApiError)
    const after = aPage(tab, new TypeError('lost'), [frame('1-0', 'workflow_started'), frame('1-1', 'workflow_finished')])
    const again = after.runs.takeUp()
    expect(after.runs.takeUp()).toEqual(again)
    expect(await after.run(again ?? expect.fail('nothing was kept'))).toHaveLength(2)
    expect(after.asked).toEqual([before.asked[0], before.asked[0]])
    expect(before.asked[0]).toMatchObject({ inputs: { topic: 'rain' } })
    expect(aPage(tab).runs.takeUp()).toEqual({ kept: { runId: 'r', lastEventId: '1-0' } })
    await left
  })

  it.each([{ topic: 'rain' }, { inputs: 'rain' }, {}])(
    'is asked for with the form as pages of before an upgrade kept it: %j',
    async (inputs) => {
      const tab = aTab()
      tab.write('trellis.asks.code', JSON.stringify([{ id: 'before', askedAtMs: Date.now(), what: inputs }]))
      const { runs, run, asked } = aPage(tab, [frame('0-0', 'workflow_finished')])
      await run(runs.takeUp() ?? expect.fail('nothing was kept'))
      expect(asked).toEqual([{ inputs, askId: 'before' }])
    },
  )

  describe('that nobody wants any more before its first frame', () => {
    const unreachable = new ApiError({ code: 'network_unreachable', message: '', status: 0 })

    it('ends without one where it never left', async () => {
      const tab = aTab()
      const away = new ApiError({ code: 'service_unavailable', message: '', status: 503, isCoded: true })
      const page = aPage(tab, away, [frame('0-0', 'workflow_started')])
      const names = page.run({ inputs: {} })
      page.runs.drop()
      expect(await names).toEqual([])
      expect(page.asked).toHaveLength(1)
      expect(page.runs.takeUp()).toBeUndefined()
    })

    it('is followed up where it may have been taken, so that it can be stopped', async () => {
      const page = aPage(aTab(), unreachable, [frame('0-0', 'workflow_started'), frame('0-1', 'workflow_finished')])
      const names = page.run({ inputs: {} })
      page.runs.drop()
      expect(await names).toEqual(['workflow_started', 'workflow_finished'])
    })

    it('is known as such after a reload', async () => {
      const tab = aTab()
      const before = aPage(tab)
      const left = expect(before.run({ inputs: { topic: 'rain' } })).rejects.toThrow(ApiError)
      before.runs.drop()
      expect(aPage(tab).runs.takeUp()).toMatchObject({ asked: { what: { inputs: { topic: 'rain' }, isStopped: true } } })
      await left
    })
  })

  it('takes the place of the one before as soon as it is asked for', async () => {
    const tab = aTab()
    await aPage(tab, [frame('0-0', 'workflow_finished')]).run({ inputs: {} })
    const refused = aPage(tab, new ApiError({ code: 'invalid_param', message: '', status: 400 }))
    await expect(refused.run({ inputs: {} })).rejects.toThrow(ApiError)
    expect(refused.runs.takeUp()).toBeUndefined()
  })

  it('is forgotten where the server does not know it any more', async () => {
    const tab = aTab()
    await aPage(tab, [frame('0-0', 'workflow_finished')]).run({ inputs: {} })
    const after = aPage(tab, new ApiError({ code: 'not_found', message: '', status: 404 }))
    await expect(after.run({ kept: { runId: 'r', lastEventId: '0-0' } })).rejects.toThrow(ApiError)
    expect(after.runs.takeUp()).toBeUndefined()
  })
})
