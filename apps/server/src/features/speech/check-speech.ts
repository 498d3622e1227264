import { AppError } from '@trellis/contracts'
import type { ModelGateway } from '../models/index.ts'
import { readSpeechConfig } from './speech-config.ts'

/** Whether what an app is to do with speech can be done. @throws AppError `invalid_param` naming the section that lacks its model */
type CheckSpeech = (tenantId: string, sections: object) => Promise<void>

/** Refused rather than published: whoever speaks to the app would find out. */
export const createSpeechCheck =
  ({ findDefaultModel }: Pick<ModelGateway, 'findDefaultModel'>): CheckSpeech =>
  async (tenantId, sections) => {
    const { hears, speaks } = readSpeechConfig(sections)
    if (hears && !(await findDefaultModel(tenantId, 'speech2text'))) refuse('speech_to_text', 'speech2text', 'turns speech into text')
    if (speaks && !(await findDefaultModel(tenantId, 'tts'))) refuse('text_to_speech', 'tts', 'speaks')
  }

function refuse(section: string, type: 'speech2text' | 'tts', what: string): never {
  throw new AppError('invalid_param', {
    message: `${section}: no model of this workspace ${what}. Add a provider that has one in Settings → Models, or switch this off.`,
    param: section,
    refusal: { reason: 'model_missing', values: { type } },
  })
}
