import { AppError } from '@trellis/contracts'
import { type Asker, type ModelGateway, turnAsCaller } from '../models/index.ts'
import { refuseType } from './check-moderation.ts'
import type { ModerationConfig } from './moderation-config.ts'

export interface JudgeDependencies {
  readonly gateway: Pick<ModelGateway, 'resolveModerationModel' | 'findDefaultModel'>
}

export interface JudgedTurn extends Asker {
  readonly app: { readonly id: string; readonly tenant_id: string }
  readonly runId: string
  readonly messageId: string
}

/** Whether a text is to be kept out, by keywords or by a model. @throws AppError where nobody can tell */
export async function isUnwanted(
  { gateway }: JudgeDependencies,
  { type, keywords }: ModerationConfig,
  { text, turn, signal }: { readonly text: string; readonly turn: JudgedTurn; readonly signal: AbortSignal },
): Promise<boolean> {
  if (type === 'keywords') return hasKeyword(text, keywords)
  if (type !== 'openai_moderation') refuseType(type)
  if (text.trim() === '') return false
  const found = await gateway.findDefaultModel(turn.app.tenant_id, 'moderation')
  if (!found) {
    throw new AppError('provider_not_initialize', {
      message:
        'This app moderates by a model, and no model of the workspace judges texts. Add a provider that has one in Settings → Models.',
    })
  }
  const model = await gateway.resolveModerationModel({
    provider: found.provider,
    model: found.model,
    caller: turnAsCaller(turn, 'moderation'),
  })
  return model.isFlagged(text, signal)
}

function hasKeyword(text: string, keywords: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return keywords.some((keyword) => lower.includes(keyword))
}
