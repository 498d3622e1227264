import { AppError } from '../../../../packages/contracts/src/index.ts'
import {
  type FinishReason,
  type ModelEvent,
  type ModelFeature,
  type ModelService,
  ProviderError,
  type ProviderFailureKind,
  type TokenUsage,
} from '../../../../packages/spec/src/index.ts'
import type { ModelFake, ModelReply } from '../case.ts'
import type { Replies } from './replies.ts'

const KINDS: Readonly<Record<string, ProviderFailureKind>> = {
  InvokeConnectionError: 'connection',
  InvokeServerUnavailableError: 'server-unavailable',
  InvokeRateLimitError: 'rate-limit',
  InvokeAuthorizationError: 'authorization',
  InvokeBadRequestError: 'bad-request',
}

/** Any model: it answers what the case says for the node. */
export function fakeModels(replies: Replies, nodeId: string): ModelService {
  return {
    async resolve(provider, model) {
      const features = replies.of<ModelFake>(nodeId)?.features ?? []
      return {
        provider,
        model,
        // The case names Dify's features.
        entry: { model, label: { en_US: model }, type: 'llm', features: features as readonly ModelFeature[], parameterRules: [] },
        stream: () => say(replies.next<ModelFake>(nodeId)),
        usageOf,
        countTokens: async () => 0,
      }
    },
  }
}

async function* say({
  chunks = [],
  toolCalls = [],
  usage = [10, 5],
  finishReason = 'stop',
  ...reply
}: ModelReply): AsyncGenerator<ModelEvent> {
  for (const text of chunks) yield { type: 'text-delta', text }
  if (reply.error) throw toError(reply.error)
  for (const [index, call] of toolCalls.entries()) yield { type: 'tool-call', call: { id: `call_${index}`, ...call } }
  const [promptTokens, completionTokens] = usage
  // The generator gives no other reasons than these.
  yield { type: 'finish', reason: finishReason as FinishReason, usage: { promptTokens, completionTokens } }
}

/** As the gateway tells what a provider said. */
function toError({ type, message }: NonNullable<ModelReply['error']>): AppError {
  const cause = new ProviderError(KINDS[type] ?? 'bad-request', message)
  return new AppError('completion_request_error', { message, cause })
}

const usageOf = ({ promptTokens, completionTokens }: TokenUsage) => ({
  promptTokens,
  completionTokens,
  totalTokens: promptTokens + completionTokens,
  promptPriceNano: 0,
  completionPriceNano: 0,
  totalPriceNano: 0,
  promptUnitPriceNano: 0,
  completionUnitPriceNano: 0,
  priceUnitTokens: 1,
  currency: 'USD',
  latencyMs: 0,
  firstTokenMs: null,
})
