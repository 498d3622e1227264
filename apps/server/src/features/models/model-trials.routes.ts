import { type ModelTrialEvent, nanoToDecimal, consoleModelTrialRoutes as routes } from '@trellis/contracts'
import { sseData } from '@trellis/kit'
import type { Logger, ModelCall, ModelEvent } from '@trellis/spec'
import { toAppError } from '../../http/errors.ts'
import { sendEventStream } from '../../http/event-stream.ts'
import { handled, type Mount } from '../../http/mount.ts'
import type { ModelGateway, ResolvedLanguageModel } from './gateway-types.ts'
import { accountAsCaller } from './model-caller.ts'

export interface ModelTrialRouteDependencies {
  readonly gateway: ModelGateway
  readonly logger: Logger
  /** Counts an open stream until what it returns is called. */
  readonly onStream: () => () => void
}

export function mountModelTrialRoutes(mount: Mount, { gateway, logger, onStream }: ModelTrialRouteDependencies): void {
  mount(routes.tryModel).to(async ({ actor, body, reply }) => {
    const { provider, model, system, prompt, parameters } = body
    const resolved = await gateway.resolveLanguageModel({ caller: accountAsCaller(actor, { purpose: 'playground' }), provider, model })
    const call: ModelCall = {
      messages: [...(system.trim() === '' ? [] : [{ role: 'system' as const, content: system }]), { role: 'user', content: prompt }],
      ...withoutStop(parameters),
    }
    await sendEventStream<ModelTrialEvent>(reply, {
      batches: (signal) => tryModel(resolved, call, { signal, logger }),
      toFrames: (event) => sseData(JSON.stringify(event)),
      onError: (error) => logger.error({ err: error, provider, model }, 'The stream of a model’s trial broke'),
      onOpen: onStream,
    })
    return handled
  })
}

/** Forms keep stop sequences among the parameters; calls have them apart. */
function withoutStop({ stop, ...parameters }: Readonly<Record<string, unknown>>): Pick<ModelCall, 'parameters' | 'stop'> {
  const sequences = Array.isArray(stop) ? stop.filter((each): each is string => typeof each === 'string' && each !== '') : []
  return { parameters, ...(sequences.length > 0 ? { stop: sequences } : {}) }
}

/** The model's events as they are shown. What fails after the stream has begun is told in it; a reader that left is told nothing. */
async function* tryModel(
  model: ResolvedLanguageModel,
  call: ModelCall,
  { signal, logger }: { readonly signal: AbortSignal; readonly logger: Logger },
): AsyncGenerator<ModelTrialEvent> {
  const startedAt = performance.now()
  let firstTokenMs: number | null = null
  try {
    for await (const event of model.stream(call, signal)) {
      if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
        firstTokenMs ??= performance.now() - startedAt
        yield { event: event.type === 'text-delta' ? 'text' : 'reasoning', text: event.text }
      }
      if (event.type === 'finish') yield toEnd(model, event, { latencyMs: performance.now() - startedAt, firstTokenMs })
    }
  } catch (error) {
    if (signal.aborted) return
    const known = toAppError(error)
    if (!known) logger.error({ err: error, model: model.model }, 'The trial of a model failed')
    yield {
      event: 'error',
      code: known?.code ?? 'unknown',
      message: known?.message ?? 'Something went wrong. The log of the server says more.',
      ...(known?.refusal && { details: known.refusal }),
    }
  }
}

function toEnd(
  model: ResolvedLanguageModel,
  { reason, usage }: Extract<ModelEvent, { readonly type: 'finish' }>,
  timing: { readonly latencyMs: number; readonly firstTokenMs: number | null },
): ModelTrialEvent {
  const priced = model.usageOf(usage, timing)
  return {
    event: 'end',
    finish_reason: reason,
    prompt_tokens: priced.promptTokens,
    completion_tokens: priced.completionTokens,
    is_estimated: usage.isEstimated === true,
    total_price: model.isPriced ? nanoToDecimal(priced.totalPriceNano) : null,
    currency: priced.currency,
    first_token_seconds: timing.firstTokenMs === null ? null : timing.firstTokenMs / 1000,
    seconds: timing.latencyMs / 1000,
  }
}
