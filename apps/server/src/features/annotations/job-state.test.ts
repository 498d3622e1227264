import { createMemoryCache } from '@trellis/cache'
import { expect, it } from 'vitest'
import { createJobStates } from './job-state.ts'

it('tells why a job failed, for readers of any language', async () => {
  const states = createJobStates(createMemoryCache({ clock: { now: () => 0 } }).cache)
  const job = { kind: 'import', appId: 'a', jobId: '0196f1b2-7a3c-7d00-8000-0123456789b1' } as const
  const refusal = { reason: 'import_broken', values: {} } as const
  await states.tell(job, { status: 'error', error: 'The import failed.', refusal })
  expect(await states.read(job)).toMatchObject({ job_status: 'error', error_msg: 'The import failed.', details: refusal })
})
