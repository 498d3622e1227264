import { AppError } from '@trellis/contracts'
import { findProvider } from '@trellis/models'
import { ProviderError } from '@trellis/spec'
import { expect, it } from 'vitest'
import { MeteredCall } from './metered-call.ts'
import { accountAsCaller } from './model-caller.ts'
import type { CallEnd } from './model-meter.ts'

const demo = findProvider('demo')
const entry = demo?.models[0]
if (!demo || !entry) throw new TypeError('There is no demo model.')
const onBehalfOf = accountAsCaller({ tenantId: 't', accountId: 'a' }, { purpose: 'playground' })
const called = { provider: demo, entry, credentials: {}, pool: [], isEnabled: true, isCustom: false, onBehalfOf }

/** What a call that failed so is booked with. */
async function bookedAfter(error: unknown): Promise<CallEnd['usage'] | undefined> {
  const ends: CallEnd[] = []
  const meter = {
    async begin() {
      return (end: CallEnd): void => {
        ends.push(end)
      }
    },
  }
  const call = new MeteredCall({ meter }, called, async () => ({ promptTokens: 7, completionTokens: 0 }))
  await call.begin()
  call.fail(error, { isAborted: false, promptTokens: 7, completionTokens: 0 })
  return ends[0]?.usage
}

it.each([
  ['a refusal of the provider', new ProviderError('rate-limit', 'Later.'), 0],
  ['a refusal before it', new AppError('model_currently_not_support'), 0],
  ['a connection that broke', new ProviderError('connection', 'Gone.'), 7],
  ['a caller that left', new DOMException('The caller left.', 'AbortError'), 7],
])('books after %s what was sent, unless it cost nothing', async (_what, error, promptTokens) => {
  expect(await bookedAfter(error)).toMatchObject({ promptTokens, completionTokens: 0 })
})
