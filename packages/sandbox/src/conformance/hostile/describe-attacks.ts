import { createServer, type Server } from 'node:net'
import type { CodeCaller } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Attack, describeFate, findBreach, type Target } from './attack.ts'

export interface AttackedSubject {
  readonly create: () => Promise<{ readonly caller: CodeCaller; readonly close: () => Promise<void> }>
  readonly attacks: readonly Attack[]
}

const neighbour = { language: 'javascript', code: 'function main({ a }) { return { a } }', inputsJson: '{"a":1}' } as const

/** Runs every attack while a neighbour works: the attack must come to what is written, the neighbour to its result, the server to no visit. */
export function describeAttacks(name: string, { create, attacks }: AttackedSubject): void {
  describe(`hostile code: ${name}`, () => {
    let caller: CodeCaller
    let close: () => Promise<void>
    let server: Server
    let target: Target
    let visits = 0
    beforeAll(async () => {
      process.env['TRELLIS_ATTACK_SECRET'] = 'hush'
      const created = await create()
      caller = created.caller
      close = created.close
      server = createServer(() => {
        visits += 1
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      target = {
        port: typeof address === 'object' && address ? address.port : 0,
        processId: process.pid,
        file: import.meta.filename,
        secret: 'hush',
      }
    })
    afterAll(async () => {
      delete process.env['TRELLIS_ATTACK_SECRET']
      server.close()
      await close()
    })

    it.each(attacks.map((attack) => ({ ...attack, fate: describeFate(attack) })))('$language, $tries: $fate', async (attack) => {
      const { language, code, limits } = attack
      const { signal } = new AbortController()
      const inputsJson = /main\(\{? ?target/.test(code) ? JSON.stringify({ target }) : '{}'
      const [outcome, nextDoor] = await Promise.all([
        caller.call({ language, code, inputsJson, ...(limits ? { limits } : {}) }, signal),
        caller.call(neighbour, signal),
      ])
      expect(findBreach(attack, outcome)).toBeUndefined()
      expect(JSON.stringify(outcome)).not.toContain(target.secret)
      expect(nextDoor).toMatchObject({ ok: true, resultJson: expect.stringContaining('1') })
      expect(visits).toBe(0)
    })
  })
}
