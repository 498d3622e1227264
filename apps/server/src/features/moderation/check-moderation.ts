import { AppError } from '@trellis/contracts'
import type { ModelGateway } from '../models/index.ts'
import { type ModerationConfig, readModeration } from './moderation-config.ts'

const MOST_CHARACTERS = 10_000
const MOST_LINES = 100
const MOST_PRESET_CHARACTERS = 100

/** Whether what an app is to keep out can be kept out. @throws AppError `invalid_param` naming the section */
export const createModerationCheck =
  ({ findDefaultModel }: Pick<ModelGateway, 'findDefaultModel'>) =>
  async (tenantId: string, sections: object): Promise<void> => {
    const config = readModeration(sections)
    if (!config) return
    checkSides(config)
    if (config.type === 'keywords') checkKeywords(config)
    else if (config.type !== 'openai_moderation') refuseType(config.type)
    else if (!(await findDefaultModel(tenantId, 'moderation'))) {
      refuse('no model of this workspace judges texts. Add a provider that has one, such as OpenAI, in Settings → Models, or use keywords')
    }
  }

function checkSides({ inputs, outputs }: ModerationConfig): void {
  if (inputs === undefined && outputs === undefined) refuse('switch inputs_config or outputs_config on, or moderation off')
  for (const [side, preset] of Object.entries({ inputs_config: inputs, outputs_config: outputs })) {
    if (preset === undefined) continue
    if (preset.trim() === '') refuse(`${side}.preset_response must say what is answered instead`)
    if (preset.length > MOST_PRESET_CHARACTERS) refuse(`${side}.preset_response takes at most ${MOST_PRESET_CHARACTERS} characters`)
  }
}

function checkKeywords({ keywords, keywordText }: ModerationConfig): void {
  if (keywords.length === 0) refuse('config.keywords must have a word, one a line')
  if (keywordText.length > MOST_CHARACTERS) refuse(`config.keywords takes at most ${MOST_CHARACTERS} characters`)
  if (keywordText.split('\n').length > MOST_LINES) refuse(`config.keywords takes at most ${MOST_LINES} lines`)
}

/** Also where a trial of a draft would be moderated by it: refused rather than let through. @throws AppError `invalid_param` */
export function refuseType(type: string): never {
  if (type === 'api') refuse('moderation by an API extension comes with a later version of Trellis. Use keywords or openai_moderation')
  refuse(`"${type}" is no kind of moderation: type is keywords or openai_moderation`)
}

function refuse(message: string): never {
  throw new AppError('invalid_param', { message: `sensitive_word_avoidance: ${message}.`, param: 'sensitive_word_avoidance' })
}
