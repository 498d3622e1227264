import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDict } from '@trellis/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readYaml } from '../../../features/app-files/yaml/read-yaml.ts'
import { createWorkflowApp } from '../workflow-app.ts'
import { GIVEN_OUTCOMES } from './given-outcomes.data.ts'
import type { ExpectedRun, Outcome } from './outcome.ts'
import { OWN_CHATFLOWS } from './own-chatflows.data.ts'
import { OWN_WORKFLOWS } from './own-workflows.data.ts'
import { type PublishedApp, publishFile, runApp, type SeenRun } from './run-outcome.ts'
import { type OutcomeStage, openStage } from './stage.ts'

const OWN = join(import.meta.dirname, '__fixtures__')
/** The folder of Dify's files. */
const GIVEN = process.env['TRELLIS_DSL_FILES']

/** Files in which more than one node may execute at a time. */
const PARALLEL: ReadonlySet<number> = new Set([12, 14, 25, 26, 31])

let stage: OutcomeStage
const playOn = (workers: number): void => {
  beforeAll(async () => {
    stage = await openStage(workers)
  })
  afterAll(() => stage?.close())
}

/** An app of a file; a bare graph becomes one in the editor. */
async function publish(text: string): Promise<PublishedApp> {
  const document = readYaml(text)
  if (!isDict(document) || !('nodes' in document) || 'meta' in document) return publishFile(stage, text)
  const { apiKey } = await createWorkflowApp(stage.server, stage.session, document)
  return { mode: 'workflow', apiKey }
}

function expectRun(app: PublishedApp, run: ExpectedRun, seen: SeenRun): void {
  const { status = 'succeeded', exceptions = 0, streamed, outputs, chunks, frames } = run
  const isChat = app.mode === 'advanced-chat'
  expect(seen).toMatchObject({ status, exceptions, streamed, outputs })
  expect(Object.keys(seen.outputs).sort()).toEqual(Object.keys(outputs).sort())
  if (chunks !== undefined) expect(seen.chunks).toBe(chunks)
  // What readers saw is what the conversation keeps.
  if (isChat) expect(seen.kept).toBe(streamed)
  if (frames === undefined) return
  const ending = [...(isChat && status !== 'failed' ? ['message_end'] : []), `workflow_finished ${status}`]
  expect(seen.frames).toEqual(['workflow_started', ...frames.split(', '), ...ending])
}

const describeOutcomes = (title: string, folder: string, outcomes: readonly Outcome[]): void => {
  describe(title, () => {
    it.for(outcomes.map((outcome) => [outcome.row, outcome.file, outcome] as const))('5.%i %s', async ([, file, outcome], { skip }) => {
      const text = readFileSync(join(folder, file), 'utf8')
      skip(stage.whyNoCode !== undefined && text.includes('code_language'), stage.whyNoCode)
      if (outcome.refused) {
        await expect(publish(text)).rejects.toThrow(outcome.refused.reason)
        return
      }
      const app = await publish(text)
      for (const run of outcome.runs) expectRun(app, run, await runApp(stage, app, run, outcome.names))
    })

    it('are all there are', () => {
      const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))
      expect(outcomes.map(({ file }) => file).sort()).toEqual(files.sort())
    })
  })
}

const own = [...OWN_WORKFLOWS, ...OWN_CHATFLOWS]
describe('one node at a time', () => {
  playOn(1)
  describeOutcomes('our files run to the outcome of workflow spec 5, and', OWN, own)
  if (GIVEN) describeOutcomes('the given files do so too, and', GIVEN, GIVEN_OUTCOMES)
})

describe('ten nodes at a time, the outcome is the same', () => {
  playOn(10)
  it.for(own.filter(({ row }) => PARALLEL.has(row)).map(({ row, file, runs }) => [row, file, runs] as const))(
    '5.%i %s',
    async ([, file, runs], { skip }) => {
      const text = readFileSync(join(OWN, file), 'utf8')
      skip(stage.whyNoCode !== undefined && text.includes('code_language'), stage.whyNoCode)
      const app = await publish(text)
      // Only the order of what happens side by side may differ.
      for (const { frames: _frames, ...run } of runs) expectRun(app, run, await runApp(stage, app, run))
    },
  )
})
