import type { HumanInputDoneEvent, RunEvent } from '@trellis/contracts'
import { type Execution, foldRun, nodeLabel, type WorkflowRun } from '@trellis/engine'
import type { RunFacts } from '@trellis/spec'
import { type FormNews, type FormRow, RunForms } from '../human-input/index.ts'
import type { Asker } from '../models/index.ts'
import { decodeEvents, foldText, type RunEventsRow, type RunRow, type WorkflowOutcome } from '../runs/index.ts'
import { executeGuardedWorkflow } from './execute-guarded-workflow.ts'
import { type Beginning, createWorkflowRun } from './execute-workflow.ts'
import { type LaunchDependencies, type RunCompanion, toExecution, toSpec } from './launch-run.ts'
import { type RunBeginning, toReportedInputs } from './run-variables.ts'
import { createSecretMask } from './secret-mask.ts'

export interface Continuation {
  readonly row: RunRow
  readonly journal: readonly RunEventsRow[]
  readonly beginning: RunBeginning
  readonly facts: RunFacts
  readonly companion: RunCompanion
  /** The forms that it has asked for. */
  readonly forms: readonly FormRow[]
  /** The process that executed it is gone, and may have told what the journal does not have. */
  readonly isTakenOver: boolean
  /** Told the text as it stands, before the run goes on. */
  readonly onText?: (text: string) => void
}

/** Goes on with a run that was claimed for this host, from what its journal says. */
export function continueRun(dependencies: LaunchDependencies, continuation: Continuation): void {
  const { row, journal, beginning, facts, companion, isTakenOver, onText } = continuation
  const forms = new RunForms({ facts, lifetimeMs: dependencies.formLifetimeMs, rows: continuation.forms })
  const execution = toExecution(dependencies, { beginning, facts, asker: askerOf(row), companion, forms })
  const run = createWorkflowRun(execution)
  const events = journal.flatMap(decodeEvents)
  const folded = foldRun(run, events)
  if (isTakenOver) onText?.(folded.text)
  const mask = createSecretMask(beginning.workflow.environmentVariables)
  const missing = mask ? folded.missing.map(mask) : folded.missing
  for (const event of missing) companion.onEvent?.(event)
  const next: NextStep =
    run.status === 'paused'
      ? leavePause(run, { row, forms, beginning, now: dependencies.clock.now() })
      : { beginning: { type: 'take-up', folded }, told: [] }
  const last = journal.at(-1)
  dependencies.runHost.adopt<WorkflowOutcome>(
    {
      ...toSpec(dependencies, { runId: row.id, companion, forms }),
      run: row,
      execute: (context) =>
        executeGuardedWorkflow(execution, run, {
          context,
          beginning: next.beginning,
          // Before a pause what was said may have been replaced: that stands.
          told: isTakenOver ? folded.text : foldText('', events),
        }),
    },
    {
      epoch: row.epoch,
      firstOffset: last ? last.first_offset + last.event_count : 0,
      started: [...(isTakenOver ? [replaceText(folded.text)] : []), ...missing, ...next.told],
    },
  )
}

const askerOf = (row: RunRow): Asker => ({ endUserId: row.from_end_user_id, accountId: row.from_account_id, apiKeyId: row.api_key_id })

const replaceText = (text: string): RunEvent => ({ type: 'text-replace', text, reason: '' })

interface NextStep {
  readonly beginning: Beginning
  /** What readers are told before that. */
  readonly told: readonly RunEvent[]
}

/** A paused run goes on with what was answered, or is stopped. */
function leavePause(
  run: WorkflowRun,
  context: { readonly row: RunRow; readonly forms: RunForms; readonly beginning: RunBeginning; readonly now: number },
): NextStep {
  const { row, forms, beginning, now } = context
  if (row.stop_requested_at !== null) return { beginning: { type: 'stop', message: 'Stopped by user.' }, told: [] }
  const waiting = run.pausedExecutions
  const news = forms.takeNews(waiting.map(({ id }) => id))
  const overdue = [...news.values()].find(({ stopsRun }) => stopsRun)
  if (overdue) return { beginning: { type: 'stop', message: describeOverdue(overdue) }, told: [] }
  const done = waiting.flatMap((execution) => {
    const seen = news.get(execution.id)
    return seen ? [toDoneEvent(execution, seen, now)] : []
  })
  return {
    beginning: { type: 'resume', submissions: new Map([...news].map(([id, { submission }]) => [id, submission])) },
    told: [
      { type: 'run-start', createdAtMs: now, workflowId: row.workflow_id ?? '', inputs: toReportedInputs(beginning), reason: 'resumption' },
      ...done,
    ],
  }
}

const describeOverdue = ({ form: { title } }: FormNews): string =>
  `Nobody filled in the form of "${title}" in time (HUMAN_INPUT_GLOBAL_TIMEOUT_SECONDS raises the limit).`

function toDoneEvent(execution: Execution, { form, submission, actionTitle, renderedContent }: FormNews, now: number): HumanInputDoneEvent {
  const isAnswered = submission.type === 'submitted'
  return {
    type: 'human-input-done',
    outcome: submission.type,
    actionId: isAnswered ? submission.actionId : '',
    actionTitle,
    values: isAnswered ? { ...submission.values } : {},
    renderedContent,
    expiresAtMs: form.expiresAtMs,
    atMs: now,
    ...nodeLabel(execution),
  }
}
