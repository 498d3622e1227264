import type { ModelCall } from '@trellis/spec'
import type { ResolvedLanguageModel } from '../models/index.ts'
import type { RunOutcome } from '../runs/index.ts'
import { executeTurn, type TurnExecution } from './execute-turn.ts'
import { type OutputCheck, OutputGuard } from './output-guard.ts'
import { TurnText } from './turn-text.ts'

/** Calls the model, and has what it says looked at. A text that was replaced is an answer like another. */
export async function executeGuardedTurn(
  model: ResolvedLanguageModel,
  call: ModelCall,
  { outputCheck, ...execution }: TurnExecution & { readonly outputCheck: OutputCheck | undefined },
): Promise<RunOutcome> {
  if (!outputCheck) return executeTurn(model, call, execution)
  const { context, text, times } = execution
  const guard = new OutputGuard({
    check: outputCheck,
    signal: context.signal,
    tell(event) {
      if (event.type === 'text-delta') text.add(event.text)
      else if (event.type === 'text-replace') text.replace(event.text)
      context.emit(event)
    },
  })
  const guarded = {
    runId: context.runId,
    signal: guard.signal,
    emit: guard.tell.bind(guard),
    checkpoint: () => context.checkpoint(),
  }
  let outcome: RunOutcome
  try {
    outcome = await executeTurn(model, call, { context: guarded, times, text: new TurnText() })
  } catch (cause) {
    await guard.settle()
    throw cause
  }
  const isReplaced = (await guard.settle()) !== undefined
  if (!isReplaced || !('usage' in outcome)) return outcome
  const isStopped = outcome.status === 'stopped' && context.signal.aborted
  const { isCut: _, ...whole } = outcome
  return { ...whole, status: isStopped ? 'stopped' : 'succeeded', moderated: 'outputs' }
}
