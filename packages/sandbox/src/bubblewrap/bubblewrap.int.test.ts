import { describe } from 'vitest'
import { describeCodeCaller } from '../conformance/describe-code-caller.ts'
import { describeProgramRunner } from '../conformance/describe-program-runner.ts'
import { describeAttacks } from '../conformance/hostile/describe-attacks.ts'
import { nodeAttacks, plainAttacks } from '../conformance/hostile/javascript-attacks.data.ts'
import { pythonAttacks } from '../conformance/hostile/python-attacks.data.ts'
import { openLocalBubblewrap, whyNoBubblewrap } from '../testing/local-bubblewrap.ts'

const reason = await whyNoBubblewrap()

describe.skipIf(reason !== undefined)('bubblewrap', () => {
  describeCodeCaller('bubblewrap', {
    create: async () => {
      const caller = openLocalBubblewrap()
      return { caller, close: caller.close }
    },
    languages: ['python3', 'javascript'],
    mechanism: 'bubblewrap',
  })
  describeProgramRunner('bubblewrap', {
    create: async () => {
      const runner = openLocalBubblewrap()
      return { runner, close: runner.close }
    },
    mechanism: 'bubblewrap',
  })
  describeAttacks('bubblewrap', {
    create: async () => {
      const caller = openLocalBubblewrap()
      return { caller, close: caller.close }
    },
    attacks: [...pythonAttacks, ...nodeAttacks, ...plainAttacks],
  })
})
