import { describe, expect, it } from 'vitest'
import { findModerationFaults, type ModerationSettings, readModerationSettings, writeModerationSettings } from './moderation-settings.ts'

const working: ModerationSettings = {
  isOn: true,
  type: 'keywords',
  keywords: 'rhubarb',
  extensionId: 'x',
  inputs: { isOn: true, preset: 'Not that.' },
  outputs: { isOn: false, preset: '' },
}

describe('the settings of moderation', () => {
  it.each([undefined, null, 'x', { enabled: 'yes', config: 1 }])('are switched off where %j is stored', (stored) => {
    expect(readModerationSettings(stored)).toEqual({
      isOn: false,
      type: 'keywords',
      keywords: '',
      extensionId: '',
      inputs: { isOn: false, preset: '' },
      outputs: { isOn: false, preset: '' },
    })
  })

  it('are stored as they are read, and keep what nobody knows here', () => {
    const stored = {
      enabled: false,
      type: 'keywords',
      later: 1,
      config: { keywords: '', api_based_extension_id: 'x', inputs_config: { enabled: false, preset_response: '', later: 2 } },
    }
    const written = writeModerationSettings(stored, { ...working, keywords: ' rhubarb \n\n forbidden fruit\n' })
    expect(written).toEqual({
      enabled: true,
      type: 'keywords',
      later: 1,
      config: {
        keywords: 'rhubarb\nforbidden fruit',
        api_based_extension_id: 'x',
        inputs_config: { enabled: true, preset_response: 'Not that.', later: 2 },
        outputs_config: { enabled: false, preset_response: '' },
      },
    })
    expect(readModerationSettings(written)).toEqual({ ...working, keywords: 'rhubarb\nforbidden fruit' })
  })

  it.each<[object, Partial<ModerationSettings>]>([
    [{}, {}],
    [{}, { type: 'openai_moderation', keywords: '' }],
    [{ type: 'type' }, { type: 'x' }],
    [{}, { type: 'api', inputs: { isOn: true, preset: '' } }],
    [{ extension: 'noExtension' }, { type: 'api', extensionId: '' }],
    [{ inputs: 'longPreset' }, { type: 'api', inputs: { isOn: true, preset: 'x'.repeat(101) } }],
    [{ keywords: 'noKeywords' }, { keywords: ' \n ' }],
    [{}, { keywords: 'a\n\n'.repeat(100) }],
    [{ keywords: 'tooManyLines' }, { keywords: 'a\n'.repeat(101) }],
    [{ keywords: 'tooManyCharacters' }, { keywords: 'x'.repeat(10_001) }],
    [{ sides: 'noSide' }, { inputs: { isOn: false, preset: '' } }],
    [{ inputs: 'noPreset' }, { inputs: { isOn: true, preset: ' ' } }],
    [{}, { inputs: { isOn: true, preset: 'x'.repeat(100) } }],
    [{ outputs: 'longPreset' }, { outputs: { isOn: true, preset: 'x'.repeat(101) } }],
    [{}, { outputs: { isOn: false, preset: 'x'.repeat(101) } }],
  ])('have the faults %j with %j', (faults, part) => {
    expect(findModerationFaults({ ...working, ...part })).toEqual(faults)
  })
})
