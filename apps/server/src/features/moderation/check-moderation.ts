import { AppError, type Refusal } from '@trellis/contracts'
import type { ApiExtensions } from '../api-extensions/index.ts'
import type { ModelGateway } from '../models/index.ts'
import { type ModerationConfig, readModeration } from './moderation-config.ts'

const MOST_CHARACTERS = 10_000
const MOST_LINES = 100
const MOST_PRESET_CHARACTERS = 100

export interface ModerationCheckDependencies extends Pick<ModelGateway, 'findDefaultModel'> {
  readonly hasExtension: ApiExtensions['has']
}

/** Whether what an app is to keep out can be kept out. @throws AppError `invalid_param` naming the section */
export const createModerationCheck =
  ({ findDefaultModel, hasExtension }: ModerationCheckDependencies) =>
  async (tenantId: string, sections: object): Promise<void> => {
    const config = readModeration(sections)
    if (!config) return
    checkSides(config)
    if (config.type === 'keywords') checkKeywords(config)
    else if (config.type === 'api') await checkExtension(config, (id) => hasExtension(tenantId, id))
    else if (config.type !== 'openai_moderation') refuseType(config.type)
    else if (!(await findDefaultModel(tenantId, 'moderation'))) {
      refuse(
        'no model of this workspace judges texts. Add a provider that has one, such as OpenAI, in Settings → Models, or use keywords',
        {
          reason: 'model_missing',
          values: { type: 'moderation' },
        },
      )
    }
  }

function checkSides({ type, inputs, outputs }: ModerationConfig): void {
  if (inputs === undefined && outputs === undefined) {
    refuse('switch inputs_config or outputs_config on, or moderation off', { reason: 'moderation_sides', values: {} })
  }
  for (const [side, preset] of Object.entries({ inputs, outputs })) {
    if (preset === undefined) continue
    // An extension says itself what is answered.
    if (type !== 'api' && preset.trim() === '') {
      refuse(`${side}_config.preset_response must say what is answered instead`, { reason: 'moderation_preset', values: { side } })
    }
    if (preset.length > MOST_PRESET_CHARACTERS) {
      const values = { side, limit: MOST_PRESET_CHARACTERS }
      refuse(`${side}_config.preset_response takes at most ${values.limit} characters`, { reason: 'moderation_preset_long', values })
    }
  }
}

function checkKeywords({ keywords, keywordText }: ModerationConfig): void {
  if (keywords.length === 0) refuse('config.keywords must have a word, one a line', { reason: 'moderation_keywords', values: {} })
  if (keywordText.length > MOST_CHARACTERS) {
    const told: Refusal = { reason: 'moderation_keywords_long', values: { limit: MOST_CHARACTERS } }
    refuse(`config.keywords takes at most ${MOST_CHARACTERS} characters`, told)
  }
  if (keywordText.split('\n').length > MOST_LINES) {
    refuse(`config.keywords takes at most ${MOST_LINES} lines`, { reason: 'moderation_keywords_lines', values: { limit: MOST_LINES } })
  }
}

async function checkExtension({ extensionId }: ModerationConfig, has: (id: string) => Promise<boolean>): Promise<void> {
  if (extensionId === '') {
    refuse('config.api_based_extension_id must name an API extension', { reason: 'moderation_extension', values: {} })
  }
  if (await has(extensionId)) return
  refuse('the API extension that it names is not in this workspace. Choose another', {
    reason: 'moderation_extension_gone',
    values: {},
  })
}

/** Also where a trial of a draft would be moderated by it: refused rather than let through. @throws AppError `invalid_param` */
export function refuseType(type: string): never {
  refuse(`"${type}" is no kind of moderation: type is keywords, openai_moderation or api`, {
    reason: 'moderation_type',
    values: { type },
  })
}

function refuse(message: string, refusal: Refusal): never {
  const param = 'sensitive_word_avoidance'
  throw new AppError('invalid_param', { message: `${param}: ${message}.`, param, refusal })
}
