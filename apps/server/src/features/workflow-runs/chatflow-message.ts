import type { RunEvent } from '@trellis/contracts'
import { type AppsTable, type Db, toFlag, toJsonText } from '@trellis/db'
import type { Value } from '@trellis/values'
import { isFile } from '@trellis/variables'
import { SourceGatherer } from '../../http/compat/answer-sources.ts'
import type { RunOutcome, WorkflowOutcome } from '../runs/index.ts'
import { emptyUsage, endMessage, insertMessageFiles, type MessageEnd, TurnText, toMessageFiles } from '../turns/index.ts'
import { toAttachment } from './input-files.ts'

/** The message that a chatflow's run writes: what was streamed, and what it rests on. */
export class ChatflowMessage {
  readonly #text = new TurnText()
  readonly #sources = new SourceGatherer()
  readonly #options: { readonly app: AppsTable; readonly messageId: string; readonly showsSources: boolean }

  constructor(options: { readonly app: AppsTable; readonly messageId: string; readonly showsSources: boolean }) {
    this.#options = options
  }

  see(event: RunEvent): void {
    if (event.type === 'text-delta') this.#text.add(event.text)
    else if (event.type === 'text-replace') this.#text.replace(event.text)
    else this.#sources.add(event)
  }

  /** The run goes on in another life, with that text. */
  takeUp(text: string): void {
    this.#text.replace(text)
    this.#sources.forgetOpen()
  }

  /** What becomes of the message's row where the run ends or pauses. */
  async finish(db: Db, outcome: WorkflowOutcome | RunOutcome, now: number): Promise<void> {
    const { app, messageId } = this.#options
    await endMessage(db, messageId, this.#toEnd(outcome, now))
    if (!('event' in outcome) || outcome.status === 'paused') return
    const files = filesOf(outcome.event.outputs['files'])
    await insertMessageFiles(db, toMessageFiles(app, files.map(toAttachment), { message: messageId, now, belongsTo: 'assistant' }))
  }

  #toEnd(outcome: WorkflowOutcome | RunOutcome, now: number): MessageEnd {
    const answer = this.#text.answer
    const common = { answer, updated_at: now, is_stopped: toFlag(outcome.status === 'stopped') }
    if (!('event' in outcome)) {
      const error = 'error' in outcome ? outcome.error : undefined
      return { ...common, ...emptyUsage, status: 'error', error_code: error?.code ?? null, error: error?.message ?? null, metadata: '{}' }
    }
    const { usage } = outcome.event
    const { showsSources } = this.#options
    return {
      ...common,
      ...statusOf(outcome),
      ...(usage
        ? {
            prompt_tokens: usage.promptTokens,
            completion_tokens: usage.completionTokens,
            total_price_nano: usage.totalPriceNano,
            currency: usage.currency,
            provider_latency_ms: Math.round(usage.latencyMs),
          }
        : emptyUsage),
      metadata: toJsonText({
        ...(usage ? { usage } : {}),
        ...notesOf(outcome),
        retriever_resources: showsSources ? this.#sources.resources : [],
        reasoning: this.#sources.reasoning,
      }),
    }
  }
}

/** Why the graph did not answer, or not what is read. */
const notesOf = ({ event }: WorkflowOutcome) => ({
  ...(event.type === 'workflow-end' && event.annotationReply ? { annotation_reply: event.annotationReply } : {}),
  ...(event.type === 'workflow-end' && event.moderated ? { moderated: event.moderated } : {}),
})

function statusOf({ status, event }: WorkflowOutcome): Pick<MessageEnd, 'status' | 'error_code' | 'error'> {
  if (status === 'paused') return { status: 'paused', error_code: null, error: null }
  if (event.type === 'workflow-end' && (event.status === 'failed' || event.status === 'interrupted')) {
    return { status: 'error', error_code: event.code ?? 'invalid_param', error: event.error ?? null }
  }
  return { status: 'normal', error_code: null, error: null }
}

/** Outputs are values of the engine's. */
const filesOf = (files: unknown) => (Array.isArray(files) ? (files as readonly Value[]).filter(isFile) : [])
