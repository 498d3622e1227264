import { newId } from '@trellis/kit'
import { expect, it } from 'vitest'
import { aRun, createProcesses, describeOnRunStores, stopped, untilStopped } from '../../testing/run-stores.ts'
import { encodeBatch } from './event-batch.ts'
import { findRunById, insertRunEvents, insertRuns, noWorkflow, type RunRow } from './runs.repository.ts'

await describeOnRunStores('the reaper', (stores) => {
  const startProcess = createProcesses(stores)

  /** A run as a process that was killed leaves it behind. */
  async function leaveRun(more: Partial<RunRow> = {}, events = encodeBatch([{ type: 'text-delta', text: 'half a' }])): Promise<string> {
    const { run } = aRun(async () => stopped)
    await insertRuns(stores.db, [
      {
        ...noWorkflow,
        ...run,
        status: 'running',
        host_id: newId(),
        epoch: 0,
        stop_requested_at: null,
        error_code: null,
        error: null,
        total_tokens: 0,
        ledger: null,
        finished_at: null,
        ...more,
      },
    ])
    await insertRunEvents(stores.db, [{ run_id: run.id, first_offset: 0, epoch: 0, event_count: 1, events, created_at: 1 }])
    return run.id
  }

  it('ends at its start what killed processes left, all of it', async () => {
    const runs = await Promise.all(Array.from({ length: 450 }, () => leaveRun()))
    const { reaper, interrupted } = await startProcess()
    await reaper.start()
    expect(interrupted).toHaveLength(450)
    expect(new Set(interrupted.map(({ runId }) => runId))).toEqual(new Set(runs))
    expect(interrupted.every(({ text }) => text === 'half a')).toBe(true)
    expect(await findRunById(stores.db, runs[0] ?? '')).toMatchObject({ status: 'interrupted', error_code: 'run_interrupted', epoch: 1 })
  })

  it('ends a run once, however many look for it, and says once which process is gone', async () => {
    const victim = newId()
    const run = await leaveRun({ host_id: victim })
    const processes = await Promise.all([startProcess(), startProcess(), startProcess()])
    await Promise.all(processes.map(({ reaper }) => reaper.start()))
    expect(processes.flatMap(({ interrupted }) => interrupted)).toMatchObject([{ runId: run }])
    expect(processes.flatMap(({ lines }) => lines())).toEqual([
      {
        fields: { runId: run, kind: 'chat', process: victim, life: 1, characters: 6 },
        message: 'A run was ended as interrupted: the process that executed it is gone',
      },
    ])
  })

  it('leaves the runs of living processes alone', async () => {
    const [home, other] = [await startProcess(), await startProcess()]
    await home.reaper.start()
    const run = aRun(untilStopped)
    const channel = await home.host.start(run)
    await other.reaper.start()
    await home.reaper.start()
    expect(other.interrupted).toEqual([])
    expect(home.interrupted).toEqual([])
    home.host.stop(run.run.id)
    await channel.ended
  })

  it('ends runs in its own name that have no life', async () => {
    const { host, reaper, interrupted, lines } = await startProcess()
    const run = await leaveRun({ host_id: host.id })
    await reaper.start()
    expect(interrupted).toMatchObject([{ runId: run }])
    expect(lines()).toMatchObject([{ message: 'A run was ended as interrupted: this process had lost it' }])
  })

  it('takes up a run that a reaper claimed and then died', async () => {
    const run = await leaveRun({ epoch: 3 })
    const { reaper, read } = await startProcess()
    await reaper.start()
    expect(await findRunById(stores.db, run)).toMatchObject({ status: 'interrupted', epoch: 4 })
    expect((await read(run, { epoch: 2, offset: 0 })).flatMap(({ events }) => events)).toMatchObject([
      { type: 'text-replace', text: 'half a' },
      { type: 'run-error' },
    ])
  })

  it('is kept by no run that cannot be ended', async () => {
    const bad = await leaveRun({}, JSON.stringify('not a batch'))
    const good = await leaveRun()
    const { reaper, interrupted } = await startProcess()
    await reaper.start()
    expect(interrupted).toMatchObject([{ runId: good }])
    await stores.db.deleteFrom('runs').where('id', '=', bad).execute()
  })
})
