import { ApiError } from '@trellis/client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { askUntilTaken } from './ask-until-taken.ts'
import type { Ask } from './kept-asks.ts'

afterEach(() => vi.unstubAllGlobals())

const lost = new ApiError({ code: 'network_unreachable', message: '', status: 0 })
const refused = new ApiError({ code: 'invalid_param', message: '', status: 400 })
const MUTE = 'mute'

interface Asking {
  readonly isOnline?: boolean
  readonly isWanted?: () => boolean
  /** An earlier life of the page asked for it. */
  readonly isRepeated?: boolean
}

/** Asks until it goes through or fails; the net is there again after the first pause. */
async function ask({ isOnline = true, isWanted, isRepeated = false }: Asking, ...faults: readonly (Error | typeof MUTE)[]) {
  const net = { onLine: isOnline }
  vi.stubGlobal('navigator', net)
  const left = [...faults]
  const ids: string[] = []
  async function* open(askId: string) {
    ids.push(askId)
    const fault = left.shift()
    if (fault === MUTE) return
    if (fault) throw fault
    yield 'frame'
  }
  const pause = async () => {
    net.onLine = true
  }
  const frames: string[] = []
  const outcome = { frames, names: new Set<string>(), count: 0, error: undefined as unknown }
  let isKept = true
  const forget = () => {
    isKept = false
  }
  const kept: Ask<unknown> = { id: 'kept', what: undefined, isRepeated, change: () => undefined, forget }
  try {
    const options = { open, pause, onConnection: () => undefined, ...(isWanted && { isWanted }), ...(isRepeated && { ask: kept }) }
    for await (const frame of askUntilTaken(options)) frames.push(frame + (isRepeated && isKept ? ', still kept' : ''))
  } catch (error) {
    outcome.error = error
  }
  return { ...outcome, names: new Set(ids), count: ids.length, isKept }
}

describe('what a page asks for', () => {
  it('is sent until it is taken, each time under the same name', async () => {
    const asked = await ask({}, lost, new TypeError('network error'), lost)
    expect(asked).toMatchObject({ frames: ['frame'], count: 4, error: undefined })
    expect(asked.names.size).toBe(1)
    const [name] = asked.names
    expect(name).toMatch(/^[0-9a-f]{32}$/)
    expect((await ask({})).names).not.toContain(name)
  })

  it('goes out when the net is back, also where the browser says so too early', async () => {
    expect(await ask({ isOnline: false }, lost)).toMatchObject({ frames: ['frame'], count: 2 })
    expect(await ask({ isOnline: false }, lost, lost)).toMatchObject({ frames: ['frame'], count: 3 })
  })

  it('is sent again where a server that is about to go, or whoever stands before it, has no answer', async () => {
    const unavailable = { code: 'service_unavailable', message: '', status: 503 }
    expect(await ask({}, new ApiError({ ...unavailable, isCoded: true }))).toMatchObject({ frames: ['frame'], count: 2 })
    expect(await ask({}, new ApiError(unavailable))).toMatchObject({ frames: ['frame'], count: 2 })
    const lacking = { code: 'dependency_unavailable', message: '', status: 503, isCoded: true }
    expect(await ask({}, new ApiError(lacking))).toMatchObject({ frames: ['frame'], count: 2 })
  })

  it('is given up where it is refused, or where streams say nothing again and again', async () => {
    expect(await ask({}, lost, refused)).toMatchObject({ frames: [], count: 2, error: refused })
    expect(await ask({}, MUTE, MUTE)).toMatchObject({ frames: ['frame'], count: 3 })
    expect(await ask({}, MUTE, MUTE, MUTE)).toMatchObject({ frames: [], count: 3, error: { code: 'stream_unfinished' } })
  })

  it('does not go out where it was stopped before it left; where it may have been taken it is looked after', async () => {
    const isWanted = () => false
    expect(await ask({ isOnline: false, isWanted }, lost)).toMatchObject({ frames: [], count: 1, error: undefined })
    expect(await ask({ isWanted }, lost)).toMatchObject({ frames: ['frame'], count: 2 })
    for (const code of ['service_unavailable', 'dependency_unavailable']) {
      const refusal = { code, message: '', status: 503 }
      const coded = new ApiError({ ...refusal, isCoded: true })
      expect(await ask({ isWanted }, coded)).toMatchObject({ frames: [], count: 1, error: undefined })
      // Asked before where it may have been taken, and by whoever stands before the server.
      expect(await ask({ isWanted }, lost, coded)).toMatchObject({ frames: ['frame'], count: 3 })
      expect(await ask({ isWanted }, new ApiError(refusal))).toMatchObject({ frames: ['frame'], count: 2 })
    }
    // The database may have broken off while what was asked for was written, or behind it.
    const databaseAway = { reason: 'database_away', values: {} }
    const cut = new ApiError({ code: 'dependency_unavailable', message: '', status: 503, isCoded: true, details: databaseAway })
    expect(await ask({ isWanted }, cut)).toMatchObject({ frames: ['frame'], count: 2 })
    expect(await ask({ isOnline: false, isWanted, isRepeated: true }, lost)).toMatchObject({ frames: ['frame, still kept'], count: 2 })
  })

  it('keeps the name that an earlier life of the page gave to it, until its first frame was read or it was refused', async () => {
    const taken = await ask({ isRepeated: true }, lost)
    expect(taken).toMatchObject({ frames: ['frame, still kept'], names: new Set(['kept']), isKept: false })
    expect(await ask({ isRepeated: true }, lost, refused)).toMatchObject({ frames: [], isKept: false })
  })
})
