import { createMemoryCache } from '@trellis/cache'
import { describe, expect, it } from 'vitest'
import { createDoorkeeper } from './doorkeeper.ts'

const none = { activeRunsPerAppByDefault: 0, activeRunsPerApp: 0, requestsPerApp: { minute: 0, hour: 0, day: 0 } }
const anApp = { id: 'app', max_active_requests: null, requests_per_minute: null, requests_per_hour: null, requests_per_day: null }

/** A door and its clock. */
function aDoor(limits: Partial<typeof none> = {}) {
  let now = 1_000_000
  const door = createDoorkeeper({ ...createMemoryCache({ clock: { now: () => now } }), limits: { ...none, ...limits } })
  return {
    pass: (ms: number) => {
      now += ms
    },
    async admits(app: { readonly requests_per_minute?: number; readonly requests_per_hour?: number }, requests: number): Promise<number> {
      const tries = Array.from({ length: requests }, () => door.countRequest({ ...anApp, ...app }))
      return (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled').length
    },
    async places(app: { readonly max_active_requests?: number }, requests: number): Promise<number> {
      const tries = Array.from({ length: requests }, () => door.takePlace({ ...anApp, ...app }))
      return (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled').length
    },
    count: (app: { readonly requests_per_minute?: number }) => door.countRequest({ ...anApp, ...app }),
  }
}

describe('places of an app', () => {
  it.each([
    { own: 3, byDefault: 5, atMost: 0, places: 3 },
    { own: 8, byDefault: 5, atMost: 6, places: 6 },
    { own: 0, byDefault: 5, atMost: 0, places: 5 },
    { own: 0, byDefault: 0, atMost: 4, places: 4 },
    { own: 0, byDefault: 0, atMost: 0, places: 20 },
  ])('are its own or the default, and no more than the ceiling: $own, $byDefault, $atMost', async ({ own, byDefault, atMost, places }) => {
    const door = aDoor({ activeRunsPerAppByDefault: byDefault, activeRunsPerApp: atMost })
    expect(await door.places({ max_active_requests: own }, 20)).toBe(places)
  })
})

describe('requests of an app', () => {
  it('are as many as the strictest window allows, and each window opens again by itself', async () => {
    const door = aDoor()
    const app = { requests_per_minute: 3, requests_per_hour: 5 }
    expect(await door.admits(app, 10)).toBe(3)
    door.pass(60_000)
    expect(await door.admits(app, 10)).toBe(2)
    door.pass(60_000)
    expect(await door.admits(app, 10)).toBe(0)
    door.pass(3_600_000)
    expect(await door.admits(app, 10)).toBe(3)
  })

  it('are no more than the ceilings of the server, whatever the app says', async () => {
    const door = aDoor({ requestsPerApp: { minute: 2, hour: 0, day: 3 } })
    expect(await door.admits({ requests_per_minute: 100 }, 10)).toBe(2)
    door.pass(60_000)
    expect(await door.admits({}, 10)).toBe(1)
  })

  it('are refused with the limit, and when to come back', async () => {
    const door = aDoor()
    await door.count({ requests_per_minute: 1 })
    door.pass(18_500)
    await expect(door.count({ requests_per_minute: 1 })).rejects.toMatchObject({
      code: 'too_many_requests',
      message: expect.stringContaining('1 per minute; try again in 42 seconds'),
      retryAfterSeconds: 42,
    })
  })
})
