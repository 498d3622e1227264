import { describe } from 'vitest'
import { describeCodeCaller } from '../conformance/describe-code-caller.ts'
import { describeAttacks } from '../conformance/hostile/describe-attacks.ts'
import { isolateAttacks, plainAttacks } from '../conformance/hostile/javascript-attacks.data.ts'
import { whyNoBubblewrap } from '../testing/local-bubblewrap.ts'
import { openBareIsolate, openLocalIsolate } from '../testing/local-isolate.ts'

const reason = await whyNoBubblewrap()

describe.skipIf(reason !== undefined)('isolate', () => {
  const create = async () => {
    const caller = openLocalIsolate()
    return { caller, close: caller.close }
  }
  describeCodeCaller('isolate', { create, languages: ['javascript'], mechanism: 'isolate' })
  describeAttacks('isolate', { create, attacks: [...plainAttacks, ...isolateAttacks] })
})

describe('isolate without bubblewrap', () => {
  const create = async () => {
    const caller = openBareIsolate()
    return { caller, close: caller.close }
  }
  describeCodeCaller('isolate in a process without permissions', { create, languages: ['javascript'], mechanism: 'isolate' })
  describeAttacks('isolate in a process without permissions', { create, attacks: [...plainAttacks, ...isolateAttacks] })
})
