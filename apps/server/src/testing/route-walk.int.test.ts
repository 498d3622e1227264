import { createHash } from 'node:crypto'
import { allRoutes, type Role, type RouteContract } from '@trellis/contracts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../tools/fake-openai/index.ts'
import { sendRaw } from './coded-errors.ts'
import { describeOnServers } from './describe-on-servers.ts'
import { type SampleRequest, sampleRequest } from './sample-request.ts'
import { forgePassports, forgeSessions, type Ids, idsOf, mixIds, otherValues, tracesOf, tracesOfApp } from './walk-requests.ts'
import {
  type AppWorld,
  allRoles,
  createAppWorld,
  createWorld,
  PASSWORD,
  type Rows,
  readRowsOf,
  type WorkspaceWorld,
  withoutApp,
} from './world.ts'

const SECRET_KEY = 'a secret for tests, of a decent length'
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

type Named = readonly [name: string, contract: RouteContract]
const routesBehind = (type: RouteContract['auth']['type']): readonly Named[] =>
  allRoutes.filter(({ auth }) => auth.type === type).map((contract) => [nameOf(contract), contract])
const nameOf = ({ surface, method, path }: RouteContract): string => `${surface} ${method} ${path}`

const mayNot = ({ auth }: RouteContract, role: Role): boolean =>
  auth.type === 'session' && auth.roles !== undefined && !auth.roles.includes(role)

/** Stopping is best effort and says nothing about whether there was such a task. */
const isStop = ({ path }: RouteContract): boolean => path.endsWith('/stop')
/** To keep something no longer is right away done where it was never kept. */
const isForgetting = ({ method, path }: RouteContract): boolean =>
  (method === 'DELETE' && path === '/saved-messages/:message_id') || path === '/tag-bindings/remove'
/** A model of the catalogue has no credentials of its own: which ones were asked for does not matter, the provider's are told. */
const passesOverCredentials = ({ method, path }: RouteContract): boolean => method === 'GET' && path.endsWith('/models/credentials')
/** An app that is gone has entries still: of one that is another's there are none. */
const isFiltering = ({ path }: RouteContract): boolean => path === '/workspaces/current/audit-log'
/** Ends the session with which the walk goes on, and names nothing of anyone's. */
const isSigningOut = ({ path }: RouteContract): boolean => path === '/logout'
/** As in Dify: the editor saves drafts with a beacon, which has no headers. Cookies of other sites' requests are held back by `SameSite`. */
const isCsrfExempt = ({ path }: RouteContract): boolean => path.startsWith('/apps/:app_id/workflows/draft')
const isSessionWithoutCsrf = (what: string): boolean => /CSRF/.test(what) && what !== 'the CSRF token as access token'
/** Files, end users and annotations are the app's, whichever of its end users asks. */
const isOfApp = ({ path }: RouteContract): boolean =>
  path === '/files/:file_id/preview' || path === '/end-users/:end_user_id' || path.startsWith('/apps/annotations/')

const refusal = expect.toBeOneOf([400, 403, 404])

await describeOnServers(
  'every route',
  { env: { SECRET_KEY, LOGIN_IP_LIMIT_PER_MINUTE: '0', EMAIL_SEND_IP_LIMIT_PER_MINUTE: '0' } },
  (server) => {
    let provider: FakeOpenai
    let home: WorkspaceWorld
    let foreign: WorkspaceWorld
    /** Another app of the home workspace. */
    let neighbour: AppWorld
    beforeAll(async () => {
      provider = await startFakeOpenai({ text: 'An answer' })
      const { features, platform } = server().process
      const create = async (mark: string): Promise<WorkspaceWorld> => {
        const owner = { email: `${mark}@example.com`, name: mark, password: PASSWORD, language: 'en-US' }
        await features.accounts.setup.createWorkspace(owner, `${mark} place`)
        return createWorld(server(), owner, provider)
      }
      await server().setup()
      home = await create('homemark')
      foreign = await create('foreignmark')
      neighbour = await createAppWorld(server(), home.sessions.owner, { mode: 'chat', mark: 'neighbourmark' })
      // Conversations are still being named in the background.
      await vi.waitFor(async () => expect(await platform.queue.stats()).toMatchObject({ waiting: 0, running: 0 }), 20_000)
    }, 120_000)
    afterAll(() => provider.close())

    const call = async (request: SampleRequest, headers: Readonly<Record<string, string>>) => {
      const { status, contentType, text } = await sendRaw(server().url + request.path, {
        method: request.method,
        headers: { ...headers, ...(request.body ? { 'content-type': 'application/json' } : {}) },
        body: request.form ?? (request.body && JSON.stringify(request.body)),
      })
      return { status, text, code: contentType.includes('json') && text !== '' ? JSON.parse(text).code : undefined }
    }
    const rowsOf = (world: WorkspaceWorld): Promise<Rows> => readRowsOf(server().process.platform.database.db, world.tenantId)
    const views = {
      home: () => rowsOf(home),
      foreign: () => rowsOf(foreign),
      'home without the neighbour': async () => withoutApp(await rowsOf(home), neighbour),
    }
    let lastSeen: { readonly name: keyof typeof views; readonly rows: Rows } | undefined

    /** Nothing of these rows is changed by the walk, nor was since the walk before it, where that one left the same rows alone. */
    const leavesAlone = async (name: keyof typeof views, walk: () => Promise<void>): Promise<void> => {
      const before = lastSeen?.name === name ? lastSeen.rows : await views[name]()
      lastSeen = undefined
      await walk()
      const rows = await views[name]()
      expect(rows).toEqual(before)
      lastSeen = { name, rows }
    }

    interface Intruder {
      readonly headers: Readonly<Record<string, string>>
      readonly own: Ids
      readonly victim: Ids
      /** What the answers must not hold. */
      readonly traces: readonly string[]
    }

    /** Asks for another's things in every place where an id goes, and looks at what comes back. */
    const intrude = async (contract: RouteContract, { headers, own, victim, traces }: Intruder): Promise<void> => {
      for (const { names, request } of mixIds(contract, own, victim)) {
        const { status, text } = await call(request, headers)
        const sent = `${decodeURIComponent(request.path)}${JSON.stringify(request.body)}`
        const seen = traces.filter((trace) => text.includes(trace) && !sent.includes(trace))
        expect({ names, status, seen, text: seen.length > 0 ? text : '' }).toEqual({ names, status, seen: [], text: '' })
        const mayAnswer =
          names.length === 0 || isStop(contract) || isForgetting(contract) || isFiltering(contract) || passesOverCredentials(contract)
        if (mayAnswer) expect(status).toBeLessThan(500)
        else expect({ names, text, status }).toEqual({ names, text, status: refusal })
      }
    }

    it('is mounted', async () => {
      const missing: string[] = []
      for (const contract of allRoutes) {
        const { status, text } = await call(sampleRequest(contract, { ...otherValues, ...idsOf(home, home.chat, home.chat.service) }), {})
        if (status === 404 && text.includes('There is no')) missing.push(nameOf(contract))
      }
      expect(missing).toEqual([])
    })

    describe('behind a session', () => {
      let forged: Awaited<ReturnType<typeof forgeSessions>>
      beforeAll(async () => {
        const [{ owner: session }, { owner: stranger }] = [home.sessions, foreign.sessions]
        forged = await forgeSessions(SECRET_KEY, { session, stranger, passport: home.chat.passport, apiKey: home.chat.key })
      })

      it.each(routesBehind('session'))('lets nobody in who has none: %s', async (_name, contract) => {
        await leavesAlone('home', async () => {
          const request = sampleRequest(contract, { ...otherValues, ...idsOf(home, home.chat, home.chat.debug) })
          const proofs = Object.entries(forged).filter(([what]) => !isCsrfExempt(contract) || !isSessionWithoutCsrf(what))
          const sent = proofs.map(async ([what, headers]) => {
            const { status, code } = await call(request, headers)
            return { what, status, code }
          })
          expect(await Promise.all(sent)).toEqual(proofs.map(([what]) => ({ what, status: 401, code: 'unauthorized' })))
        })
      })

      const refused = routesBehind('session').flatMap(([name, contract]) =>
        allRoles.filter((role) => mayNot(contract, role)).map((role) => [role, name, contract] as const),
      )
      it.each(refused)('refuses a lower role: %s at %s', async (role, _name, contract) => {
        await leavesAlone('home', async () => {
          const { headers } = home.sessions[role]
          for (const app of [home.chat, home.completion]) {
            const { status, code } = await call(sampleRequest(contract, { ...otherValues, ...idsOf(home, app, app.debug) }), headers)
            expect({ status, code }).toEqual({ status: 403, code: 'forbidden' })
          }
          // The role is looked at first: what else is wrong with a request is none of the caller's business.
          const elsewhere = sampleRequest(contract, { ...otherValues, ...idsOf(foreign, foreign.chat, foreign.chat.debug) })
          expect((await call({ ...elsewhere, body: undefined, form: undefined }, headers)).status).toBe(403)
        })
      })

      it.each(routesBehind('session').filter(([, contract]) => !isSigningOut(contract)))(
        'shows and changes nothing of another workspace: %s',
        async (_name, contract) => {
          await leavesAlone('foreign', async () => {
            const { headers } = home.sessions.owner
            for (const mode of ['chat', 'completion'] as const) {
              const own = idsOf(home, home[mode], home[mode].debug)
              const victim = idsOf(foreign, foreign[mode], foreign[mode].debug)
              await intrude(contract, { headers, own, victim, traces: tracesOf(foreign) })
            }
          })
        },
      )

      it.each(routesBehind('session').filter(([, { path }]) => path.includes(':app_id')))(
        'knows one app of a workspace from another: %s',
        async (_name, contract) => {
          const own = idsOf(home, neighbour, neighbour.debug)
          const { file_id, files } = own
          const victim = { ...idsOf(home, home.chat, home.chat.debug), app_id: neighbour.id, file_id, files }
          // Without an id of the other app in it, a request is about one's own, which it may well change.
          if (mixIds(contract, own, victim).every(({ names }) => names.length === 0)) return
          await leavesAlone('home without the neighbour', async () => {
            await intrude(contract, { headers: home.sessions.owner.headers, own, victim, traces: tracesOfApp(home.chat) })
          })
        },
      )

      it('lists nothing of another workspace, whoever is asked for', async () => {
        const creators = foreign.accountIds.map((id, index) => `creator_ids[${index}]=${id}`).join('&')
        for (const filter of [creators, 'name=foreignmark']) {
          expect((await home.sessions.owner.send('GET', `/apps?${filter}`)).body).toMatchObject({ total: 0, data: [] })
        }
      })
    })

    describe('behind an app key', () => {
      it.each(routesBehind('app-key'))('lets nobody in without one: %s', async (_name, contract) => {
        await leavesAlone('home', async () => {
          const { key, code, passport } = home.chat
          const request = sampleRequest(contract, { ...otherValues, ...idsOf(home, home.chat, home.chat.service) })
          const wrong: Readonly<Record<string, Readonly<Record<string, string>>>> = {
            nothing: {},
            'another scheme': { authorization: `Basic ${key}` },
            'no scheme': { authorization: key },
            'a part of a key': bearer(key.slice(0, -1)),
            'another case': bearer(key.toUpperCase()),
            'a session': home.sessions.owner.headers,
            'an access token': bearer(home.sessions.owner.cookies['access_token'] ?? ''),
            'a passport': { ...bearer(passport), 'x-app-passport': passport, 'x-app-code': code },
            'what is stored': bearer(createHash('sha256').update(key).digest('hex')),
          }
          for (const [what, headers] of Object.entries(wrong)) {
            const { status, code } = await call(request, headers)
            expect({ what, status, code }).toEqual({ what, status: 401, code: 'unauthorized' })
          }
        })
      })

      it.each(routesBehind('app-key'))('shows and changes nothing of another workspace: %s', async (_name, contract) => {
        await leavesAlone('foreign', async () => {
          for (const mode of ['chat', 'completion'] as const) {
            const own = idsOf(home, home[mode], home[mode].service)
            const victim = idsOf(foreign, foreign[mode], foreign[mode].service)
            await intrude(contract, { headers: bearer(home[mode].key), own, victim, traces: tracesOf(foreign) })
          }
        })
      })

      it.each(routesBehind('app-key'))('shows and changes nothing of another app: %s', async (_name, contract) => {
        await leavesAlone('home without the neighbour', async () => {
          const own = idsOf(home, neighbour, neighbour.service)
          const victim = idsOf(home, home.chat, home.chat.service)
          await intrude(contract, { headers: bearer(neighbour.key), own, victim, traces: tracesOfApp(home.chat) })
        })
      })

      it.each(routesBehind('app-key').filter(([, contract]) => !isOfApp(contract)))(
        'shows and changes nothing of another end user: %s',
        async (_name, contract) => {
          const before = await rowsOf(home)
          const ids = idsOf(home, home.chat, home.chat.service)
          const takesIds = mixIds(contract, ids, idsOf(home, neighbour, neighbour.service)).some(({ names }) => names.length > 0)
          if (!takesIds) return
          const { status, text } = await call(sampleRequest(contract, { ...otherValues, ...ids, user: 'mallory' }), bearer(home.chat.key))
          if (!isStop(contract)) expect({ text, status }).toEqual({ text, status: refusal })
          const after = await rowsOf(home)
          for (const table of Object.keys(before).filter((name) => name !== 'end_users')) expect(after[table]).toBe(before[table])
        },
      )
    })

    describe('behind a passport', () => {
      const passportOf = (app: AppWorld) => ({ 'x-app-code': app.code, 'x-app-passport': app.passport })

      it.each(routesBehind('passport'))('lets nobody in without one: %s', async (_name, contract) => {
        await leavesAlone('home', async () => {
          const request = sampleRequest(contract, { ...otherValues, ...idsOf(home, home.chat, home.chat.web) })
          const forged = await forgePassports(SECRET_KEY, home.chat, { session: home.sessions.owner, visitorOf: foreign.chat })
          const sent = Object.entries(forged).map(async ([what, { headers, statuses }]) => {
            const { status, text } = await call(request, headers)
            expect({ what, text, status }).toEqual({ what, text, status: expect.toBeOneOf([...statuses]) })
          })
          await Promise.all(sent)
        })
      })

      it.each(routesBehind('passport'))('shows and changes nothing of another workspace: %s', async (_name, contract) => {
        await leavesAlone('foreign', async () => {
          for (const mode of ['chat', 'completion'] as const) {
            const own = idsOf(home, home[mode], home[mode].web)
            const victim = idsOf(foreign, foreign[mode], foreign[mode].web)
            await intrude(contract, { headers: passportOf(home[mode]), own, victim, traces: tracesOf(foreign) })
          }
        })
      })

      it.each(routesBehind('passport'))('shows and changes nothing of another app: %s', async (_name, contract) => {
        await leavesAlone('home without the neighbour', async () => {
          const own = idsOf(home, neighbour, neighbour.web)
          const victim = idsOf(home, home.chat, home.chat.web)
          // The code of the other app beside one's own passport opens nothing.
          const headers = { ...passportOf(neighbour), 'x-app-code': home.chat.code }
          await intrude(contract, { headers, own, victim, traces: tracesOfApp(home.chat) })
        })
      })
    })
  },
)
