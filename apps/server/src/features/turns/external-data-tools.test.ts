import { describe, expect, it } from 'vitest'
import { basicConfigSchema } from './basic-config.ts'
import { readExternalDataTools } from './external-data-tools.ts'

const model = { provider: 'p', name: 'm' }
const read = (sections: object) => readExternalDataTools(basicConfigSchema.parse({ model, ...sections }))
const config = { api_based_extension_id: 'x' }

describe('readExternalDataTools', () => {
  it('reads what is switched on, of the list and of the form', () => {
    const tools = [
      { enabled: true, variable: 'weather', type: 'api', label: 'Weather', icon: '🌧', config },
      { enabled: false, variable: 'off', type: 'api', config },
    ]
    const form = [
      { external_data_tool: { variable: 'orders', label: 'Orders', type: 'api', required: true, config } },
      { external_data_tool: { variable: 'rests', label: 'Rests', type: 'api', enabled: false, config } },
      { 'text-input': { variable: 'name', label: 'Name', type: 'text-input' } },
    ]
    expect(read({ external_data_tools: tools, user_input_form: form })).toEqual([
      { variable: 'weather', type: 'api', extensionId: 'x' },
      { variable: 'orders', type: 'api', extensionId: 'x' },
    ])
  })

  it('takes what stands in both for one', () => {
    const both = { variable: 'weather', label: 'Weather', enabled: true, type: 'api', config }
    expect(read({ external_data_tools: [both], user_input_form: [{ external_data_tool: both }] })).toHaveLength(1)
  })

  it('passes over what is none, and tells of one that names no extension', () => {
    expect(read({ external_data_tools: [null, 'x', {}, { enabled: true }] })).toEqual([])
    expect(read({ external_data_tools: [{ enabled: true, variable: 'v', config: null }] })).toEqual([
      { variable: 'v', type: '', extensionId: '' },
    ])
    expect(read({ external_data_tools: null })).toEqual([])
  })
})
