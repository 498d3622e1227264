import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { ModelCall } from '@trellis/spec'
import { readParameters } from '../ai-sdk/read-parameters.ts'
import { thinkingOf } from './models.ts'

const DEFAULT_THINKING_BUDGET = 4_096

/** The call's parameters as the SDK's options for this provider. */
export function toAnthropicSettings(model: string, call: ModelCall): Partial<LanguageModelV4CallOptions> {
  const read = readParameters(call.parameters)
  const thinking = thinkingFor({
    model,
    isWanted: read.boolean('thinking'),
    budget: read.number('thinking_budget'),
    isAnsweringTool: call.messages.at(-1)?.role === 'tool',
  })
  const effort = read.text('effort')
  return {
    ...read.common('max_tokens'),
    providerOptions: {
      anthropic: {
        ...(thinking === undefined ? {} : { thinking }),
        ...(effort === undefined ? {} : { effort }),
        ...(call.user === undefined ? {} : { metadata: { userId: call.user } }),
      },
    },
  }
}

type Thinking =
  | { readonly type: 'disabled' }
  | { readonly type: 'enabled'; readonly budgetTokens: number }
  | { readonly type: 'adaptive'; readonly display: 'summarized' }

interface ThinkingWish {
  readonly model: string
  readonly isWanted: boolean | undefined
  readonly budget: number | undefined
  /** The call goes on from a tool's result. */
  readonly isAnsweringTool: boolean
}

function thinkingFor({ model, isWanted, budget, isAnsweringTool }: ThinkingWish): Thinking | undefined {
  const kind = thinkingOf(model)
  // Told of explicitly, because the newest models otherwise keep to themselves what they think.
  if (kind === 'always') return { type: 'adaptive', display: 'summarized' }
  if (isWanted === undefined) return undefined
  if (!isWanted) return { type: 'disabled' }
  if (kind === 'adaptive') return { type: 'adaptive', display: 'summarized' }
  // Within a turn these models want their signed thoughts back, which our messages do not carry: they go on without thinking.
  return isAnsweringTool ? { type: 'disabled' } : { type: 'enabled', budgetTokens: budget ?? DEFAULT_THINKING_BUDGET }
}
