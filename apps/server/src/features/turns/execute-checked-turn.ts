import type { ModelCall } from '@trellis/spec'
import { noUsage } from '../../http/compat/answer-sources.ts'
import type { ResolvedLanguageModel } from '../models/index.ts'
import type { RunOutcome } from '../runs/index.ts'
import { executeGuardedTurn } from './execute-guarded-turn.ts'
import { abortedOutcome, type TurnExecution } from './execute-turn.ts'
import type { OutputCheck } from './output-guard.ts'
import { type AskedTurn, type CheckedTurn, type PassedTurn, type Preflight, type QuestionTexts, runPreflights } from './preflight.ts'

export interface CheckedExecution extends TurnExecution {
  readonly preflights: readonly Preflight[]
  readonly outputCheck: OutputCheck | undefined
  readonly asked: AskedTurn
  /** Keeps a question that the preflights changed, and what it was before. */
  readonly keepChanged: (left: QuestionTexts) => Promise<void>
  /** Makes the prompt of what the preflights left, and keeps it with the message. */
  readonly prepare: (left: PassedTurn) => Promise<ModelCall>
}

/** Has a turn looked at by all who have to, then answers it: with what one of them says, or by the model. */
export async function executeCheckedTurn(model: ResolvedLanguageModel, execution: CheckedExecution): Promise<RunOutcome> {
  const { preflights, asked, keepChanged, prepare, context } = execution
  const startedAt = performance.now()
  let checked: CheckedTurn
  let call: ModelCall | undefined
  try {
    checked = await runPreflights(preflights, asked, context.signal)
    if (checked.changed) await keepChanged(checked.changed)
    if (checked.type === 'pass') call = await prepare(checked)
  } catch (cause) {
    return abortedOutcome(context.signal, cause) ?? withoutModel(execution, startedAt, 'stopped')
  }
  if (call) return executeGuardedTurn(model, call, execution)
  if (checked.type === 'answer') sayCanned(execution, checked.text)
  const annotationReply = checked.type === 'answer' ? checked.metadata?.annotation_reply : undefined
  return {
    ...withoutModel(execution, startedAt, 'succeeded'),
    ...(annotationReply ? { annotationReply } : {}),
    ...(checked.type === 'answer' && checked.isModerated ? { moderated: 'inputs' } : {}),
  }
}

/** Character by character, as Dify's callers get canned answers (service-api 2.3). */
function sayCanned({ context, text }: TurnExecution, answer: string): void {
  for (const character of answer) {
    text.add(character)
    context.emit({ type: 'text-delta', text: character })
  }
}

function withoutModel<Status extends 'succeeded' | 'stopped'>({ times }: TurnExecution, startedAt: number, status: Status) {
  const endedAt = performance.now()
  return {
    status,
    usage: { ...noUsage, latencyMs: endedAt - startedAt },
    ledger: {
      queueMs: 0,
      engineMs: endedAt - times.arrivedAt - times.databaseMs,
      databaseMs: times.databaseMs,
      providerFirstTokenMs: 0,
      providerStreamMs: 0,
      totalMs: endedAt - times.arrivedAt,
    },
  }
}
