import { describe, expect, it } from 'vitest'
import type { ModelConfig } from '../../api/types/apps.ts'
import { newTool, readTools, removeTool, writeTool } from './external-data-tools.ts'

const listed = {
  enabled: true,
  type: 'api',
  variable: 'weather',
  label: 'Weather',
  icon: '🌧',
  config: { api_based_extension_id: 'a', more: 1 },
}
const field = { variable: 'orders', label: 'Orders', required: true, type: 'api', config: { api_based_extension_id: 'b' } }
const asked = { 'text-input': { variable: 'name', label: 'Name' } }
const config: Pick<ModelConfig, 'external_data_tools' | 'user_input_form'> = {
  external_data_tools: [listed],
  user_input_form: [asked, { external_data_tool: field }],
}
const [weather, orders] = readTools(config)

describe('external data of an app', () => {
  it('is read from the list and from the form', () => {
    expect(weather).toEqual({ variable: 'weather', label: 'Weather', extensionId: 'a', isOn: true, place: { in: 'list', position: 0 } })
    expect(orders).toEqual({ variable: 'orders', label: 'Orders', extensionId: 'b', isOn: true, place: { in: 'form', position: 1 } })
    expect(readTools({ ...config, user_input_form: [{ external_data_tool: { ...field, variable: 'weather' } }] })).toHaveLength(1)
  })

  it('is added to the list', () => {
    const added = writeTool(config, { ...newTool, variable: 'menu', extensionId: 'a' })
    const stored = { enabled: true, type: 'api', variable: 'menu', label: 'menu', config: { api_based_extension_id: 'a' } }
    expect(added).toEqual({ external_data_tools: [listed, stored] })
  })

  it('is changed where it stands, with all that is not known of it', () => {
    const place = { in: 'list', position: 0 } as const
    const changed = { ...listed, enabled: false, config: { api_based_extension_id: 'c', more: 1 } }
    expect(writeTool(config, { variable: 'weather', label: 'Weather', extensionId: 'c', isOn: false }, place)).toEqual({
      external_data_tools: [changed],
    })
    const inForm = writeTool(config, { variable: 'orders', label: 'Orders', extensionId: 'c', isOn: true }, { in: 'form', position: 1 })
    expect(inForm).toEqual({
      user_input_form: [asked, { external_data_tool: { ...field, enabled: true, config: { api_based_extension_id: 'c' } } }],
    })
  })

  it('is removed from where it stands', () => {
    expect(removeTool(config, { in: 'list', position: 0 })).toEqual({ external_data_tools: [] })
    expect(removeTool(config, { in: 'form', position: 1 })).toEqual({ user_input_form: [asked] })
  })
})
