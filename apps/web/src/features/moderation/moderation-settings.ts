/** Whether one side of a conversation is looked at, and what is answered instead. */
export interface ModerationSide {
  readonly isOn: boolean
  readonly preset: string
}

/** What of an app's configuration, or of a chatflow's features, is about moderation. */
export interface ModerationSettings {
  readonly isOn: boolean
  /** `keywords`, `openai_moderation` or `api`; whatever else an imported app names. */
  readonly type: string
  /** One a line, as they were written. */
  readonly keywords: string
  /** The API extension that decides; empty where none is chosen. */
  readonly extensionId: string
  readonly inputs: ModerationSide
  readonly outputs: ModerationSide
}

/** Who can judge. */
export const moderationTypes = ['keywords', 'openai_moderation', 'api'] as const

export type SideName = 'inputs' | 'outputs'

/** What the server takes at most. */
export const moderationLimits = { lines: 100, characters: 10_000, presetCharacters: 100 } as const

/** Reads the section as it is stored; whatever is not there, or is something else, is switched off or empty. */
export function readModerationSettings(stored: unknown): ModerationSettings {
  const { enabled, type, config } = toRecord(stored)
  const { keywords, api_based_extension_id, inputs_config, outputs_config } = toRecord(config)
  return {
    isOn: enabled === true,
    type: toText(type) || 'keywords',
    keywords: toText(keywords),
    extensionId: toText(api_based_extension_id),
    inputs: readSide(inputs_config),
    outputs: readSide(outputs_config),
  }
}

/** The section to store. What we do not know of it stays. */
export function writeModerationSettings(stored: unknown, { isOn, type, keywords, extensionId, inputs, outputs }: ModerationSettings) {
  const section = toRecord(stored)
  const config = toRecord(section['config'])
  return {
    ...section,
    enabled: isOn,
    type,
    config: {
      ...config,
      ...(type === 'keywords' ? { keywords: keywordsOf(keywords).join('\n') } : {}),
      ...(type === 'api' ? { api_based_extension_id: extensionId } : {}),
      inputs_config: writeSide(config['inputs_config'], inputs),
      outputs_config: writeSide(config['outputs_config'], outputs),
    },
  }
}

/** Without empty lines, and without spaces around. */
export const keywordsOf = (text: string): string[] => text.split('\n').flatMap((line) => line.trim() || [])

/** As the server counts them. */
export const charactersOf = (text: string): number => text.length

/** What keeps settings from working; keys of texts. */
export interface ModerationFaults {
  readonly type?: 'type'
  readonly extension?: 'noExtension'
  readonly keywords?: 'noKeywords' | 'tooManyLines' | 'tooManyCharacters'
  readonly sides?: 'noSide'
  readonly inputs?: PresetFault
  readonly outputs?: PresetFault
}
export type PresetFault = 'noPreset' | 'longPreset'

export function findModerationFaults({ type, keywords, extensionId, inputs, outputs }: ModerationSettings): ModerationFaults {
  const keywordFault = type === 'keywords' ? findKeywordFault(keywords) : undefined
  // An extension says itself what is answered.
  const isPresetNeeded = type !== 'api'
  const inputFault = findPresetFault(inputs, isPresetNeeded)
  const outputFault = findPresetFault(outputs, isPresetNeeded)
  return {
    ...(!isKnownType(type) && { type: 'type' }),
    ...(type === 'api' && extensionId === '' && { extension: 'noExtension' }),
    ...(keywordFault && { keywords: keywordFault }),
    ...(!inputs.isOn && !outputs.isOn && { sides: 'noSide' }),
    ...(inputFault && { inputs: inputFault }),
    ...(outputFault && { outputs: outputFault }),
  }
}

export const isFaultless = (settings: ModerationSettings): boolean => Object.keys(findModerationFaults(settings)).length === 0

const isKnownType = (type: string): boolean => moderationTypes.some((known) => known === type)

function findKeywordFault(text: string): ModerationFaults['keywords'] {
  const keywords = keywordsOf(text)
  if (keywords.length === 0) return 'noKeywords'
  if (keywords.length > moderationLimits.lines) return 'tooManyLines'
  return charactersOf(keywords.join('\n')) > moderationLimits.characters ? 'tooManyCharacters' : undefined
}

function findPresetFault({ isOn, preset }: ModerationSide, isNeeded: boolean): PresetFault | undefined {
  if (!isOn) return undefined
  if (isNeeded && preset.trim() === '') return 'noPreset'
  return charactersOf(preset.trim()) > moderationLimits.presetCharacters ? 'longPreset' : undefined
}

function readSide(stored: unknown): ModerationSide {
  const { enabled, preset_response } = toRecord(stored)
  return { isOn: enabled === true, preset: toText(preset_response) }
}

const writeSide = (stored: unknown, { isOn, preset }: ModerationSide) => ({
  ...toRecord(stored),
  enabled: isOn,
  preset_response: preset.trim(),
})

const toText = (value: unknown): string => (typeof value === 'string' ? value : '')

const toRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  // Objects of JSON have texts for keys.
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
