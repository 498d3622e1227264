import { ApiError } from '@trellis/client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { onceOnline } from './once-online.ts'

afterEach(() => vi.unstubAllGlobals())

const lost = new ApiError({ code: 'network_unreachable', message: '', status: 0 })

/** Sends until it goes through or fails; the net is there again after the first pause. */
async function send(isOnline: boolean, ...failures: readonly Error[]) {
  const net = { onLine: isOnline }
  vi.stubGlobal('navigator', net)
  const left = [...failures]
  let count = 0
  async function* open() {
    count += 1
    const failure = left.shift()
    if (failure) throw failure
    yield 'frame'
  }
  const pause = async () => {
    net.onLine = true
  }
  const frames: string[] = []
  try {
    for await (const frame of onceOnline({ open, pause, onConnection: () => undefined })) frames.push(frame)
  } catch (error) {
    return { frames, count, error }
  }
  return { frames, count, error: undefined }
}

describe('what is sent without a net', () => {
  it('goes out when there is one', async () => {
    expect(await send(false, lost)).toEqual({ frames: ['frame'], count: 2, error: undefined })
  })

  it('is not sent again once it may have left', async () => {
    expect(await send(true, lost)).toEqual({ frames: [], count: 1, error: lost })
    expect(await send(false, lost, lost)).toEqual({ frames: [], count: 2, error: lost })
  })

  it('does not go out where it was stopped meanwhile', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    const open = vi.fn(async function* () {
      yield* []
      throw lost
    })
    for await (const frame of onceOnline({ open, pause: async () => undefined, onConnection: () => undefined, isWanted: () => false })) {
      expect.fail(String(frame))
    }
    expect(open).toHaveBeenCalledTimes(1)
  })

  it('is sent again where the server said that it took nothing, not where a proxy did', async () => {
    const refusal = { code: 'service_unavailable', message: '', status: 503 }
    expect(await send(true, new ApiError({ ...refusal, isCoded: true }))).toMatchObject({ frames: ['frame'], count: 2 })
    expect(await send(true, new ApiError(refusal))).toMatchObject({ frames: [], count: 1 })
  })
})
