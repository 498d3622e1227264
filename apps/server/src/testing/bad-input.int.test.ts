import { allRoutes, type RouteContract } from '@trellis/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../tools/fake-openai/index.ts'
import { badJsonValues, badUrlValues, fieldPathsOf, oddJsonValues, withRawValue } from './bad-values.ts'
import { findFault, type RawReply, sendRaw } from './coded-errors.ts'
import { describeOnServers } from './describe-on-servers.ts'
import { jsonSchemaOf, sampleRequest } from './sample-request.ts'
import { callerOf, named } from './walk-caller.ts'
import { createWorld, PASSWORD, type WorkspaceWorld } from './world.ts'

const env = { LOGIN_MAX_FAILURES: '100000', LOGIN_IP_LIMIT_PER_MINUTE: '0' }

await describeOnServers('a value that nobody expects', { env }, (server) => {
  let provider: FakeOpenai
  let world: WorkspaceWorld
  beforeAll(async () => {
    provider = await startFakeOpenai({ text: 'An answer', tokens: 1 })
    await server().setup({ email: 'homemark@example.com', password: PASSWORD })
    world = await createWorld(server(), { email: 'homemark@example.com' }, provider)
  })
  afterAll(() => provider.close())
  afterEach(async () => {
    expect(server().takeProblems()).toEqual([])
    expect((await fetch(`${server().url}/health`)).status).toBe(200)
  })

  const expectNoFaults = (contract: RouteContract, sent: readonly (readonly [what: string, reply: RawReply])[]): void => {
    const faults = sent.flatMap(([what, reply]) => {
      const fault = findFault(reply, contract)
      return fault ? [{ what: what.slice(0, 200), fault, text: reply.text.slice(0, 500) }] : []
    })
    expect(faults).toEqual([])
  }

  it.each(named(allRoutes.filter(({ body }) => body)))(
    'is answered with a code in a body: %s',
    { timeout: 60_000 },
    async (_name, contract) => {
      const caller = callerOf(world, contract)
      const { method, path, body = {} } = sampleRequest(contract, caller.named)
      const headers = { ...caller.headers, 'content-type': 'application/json' }
      for (const [index, field] of fieldPathsOf(contract).entries()) {
        // Fields take turns with the rarer values, and inner fields, which are many and alike, with all of them.
        const values = field.length === 1 ? [...badJsonValues, ...takeTurns(oddJsonValues, index, 5)] : takeTurns(badJsonValues, index, 3)
        const replies = values.map(async (value) => {
          const raw = withRawValue(body, field, value)
          return [raw, await sendRaw(server().url + path, { method, headers, body: raw })] as const
        })
        expectNoFaults(contract, await Promise.all(replies))
      }
    },
  )

  it.each(named(allRoutes.filter(({ params }) => params)))('is answered with a code in a path: %s', async (_name, contract) => {
    const caller = callerOf(world, contract)
    const names = [...contract.path.matchAll(/[:*](\w+)/g)].map(([, name = '']) => name)
    const { method, path, body } = sampleRequest(contract, caller.named)
    const headers = { ...caller.headers, ...(body ? { 'content-type': 'application/json' } : {}) }
    const replies = names.flatMap((name) => {
      const sent = encodeURIComponent(String(caller.named[name] ?? name))
      return badUrlValues.map(async (value) => {
        const bad = path.replace(sent, value)
        return [bad, await sendRaw(server().url + bad, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })] as const
      })
    })
    expectNoFaults(contract, await Promise.all(replies))
  })

  it.each(named(allRoutes.filter(({ query }) => query)))('is answered with a code in a query: %s', async (_name, contract) => {
    const { headers, named } = callerOf(world, contract)
    const { method, path } = sampleRequest(contract, named)
    const [base = '', query = ''] = path.split('?')
    for (const name of queryNamesOf(contract)) {
      const others = query.split('&').filter((other) => other !== '' && !other.startsWith(`${name}=`))
      const forms = ['', ...badUrlValues].map((value) => `${name}=${value}`)
      const repeated = [`${name}=a&${name}=a%00`, `${name}[]=a`, `${name}[a]=b`, `${name}[0]=a%00`, name, '']
      const replies = [...forms, ...repeated].map(async (part) => {
        const bad = `${base}?${[...others, part].join('&')}`
        return [bad, await sendRaw(server().url + bad, { method, headers })] as const
      })
      expectNoFaults(contract, await Promise.all(replies))
    }
  })

  describe('is answered with a code where it is longer than what can be kept', () => {
    const long = (part: string, times = 200): string => part.repeat(times)

    it('in an account', async () => {
      const { send } = world.sessions.owner
      const language = `en${long('-abcdefgh', 20)}`
      expect((await send('POST', '/account/interface-language', { interface_language: language })).body.code).toBe('invalid_param')
    })

    it('in a sign-in', async () => {
      const email = `${long('a', 300)}@example.com`
      const reply = await sendRaw(`${server().url}/console/api/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: 'eHg=' }),
      })
      expect([400, 401]).toContain(reply.status)
    })

    it('in the name of an end user, which is cut', async () => {
      const user = `${long('👩‍👩‍👧‍👦', 100)}\u0000`
      const turn = { inputs: {}, query: 'Hello', user }
      expect((await world.chat.send('POST', '/chat-messages', turn)).status).toBe(200)
      const listed = await world.chat.send('GET', `/conversations?user=${encodeURIComponent(user)}`)
      expect(listed.body.data).toHaveLength(1)
    })

    it('in the name and the type of a file', async () => {
      const form = new FormData()
      form.set('file', new File(['x'], `${long('ä', 400)}\u0000.${long('x', 100)}`, { type: `text/${long('x', 400)}` }))
      form.set('user', long('u\u0000', 400))
      const reply = await sendRaw(`${server().url}/v1/files/upload`, {
        method: 'POST',
        headers: { authorization: `Bearer ${world.chat.key}` },
        body: form,
      })
      expect({ ...reply, fault: findFault(reply) }).toMatchObject({ fault: undefined })
    })
  })
})

const takeTurns = <T>(values: readonly T[], turn: number, turns: number): readonly T[] =>
  values.filter((_, index) => index % turns === turn % turns)

const queryNamesOf = ({ query }: RouteContract): readonly string[] => [
  ...Object.keys((query && jsonSchemaOf(query).properties) ?? {}),
  'tag_ids',
  'unknown',
]
