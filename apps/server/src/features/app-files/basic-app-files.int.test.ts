import { readFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import type { Dict } from '@trellis/values'
import { expect, it } from 'vitest'
import { type Caller, describeOnDatabases } from '../../testing/console-server.ts'
import { dictOf } from './app-file.ts'
import { readYaml } from './yaml/read-yaml.ts'

const fixture = (name: string) => readFileSync(joinPath(import.meta.dirname, '__fixtures__', name), 'utf8')
const importText = (caller: Caller, yaml_content: string) => caller.send('POST', '/apps/imports', { mode: 'yaml-content', yaml_content })
const importApp = async (caller: Caller, name: string): Promise<string> => (await importText(caller, fixture(name))).body.app_id
// Files are mappings. As JSON, in which the console gets and sends settings, 1.0 is 1.
const configOf = (text: string): Dict => JSON.parse(JSON.stringify(dictOf(readYaml(text) as Dict, 'model_config')))
const exportConfig = async (caller: Caller, appId: string): Promise<Dict> =>
  configOf((await caller.send('GET', `/apps/${appId}/export`)).body.data)
const getDraft = async (caller: Caller, appId: string) => (await caller.send('GET', `/apps/${appId}/draft-config`)).body

await describeOnDatabases('files of basic apps', (console) => {
  it.each(['every-chat-setting.yml', 'every-completion-setting.yml'])(
    'keep every setting while an editor changes one: %s',
    async (name) => {
      const owner = await console().join('owner')
      const id = await importApp(owner, name)
      const { model_config, hash } = await getDraft(owner, id)
      const saved = await owner.send('PUT', `/apps/${id}/draft-config`, { model_config: { ...model_config, pre_prompt: 'Anew' }, hash })
      expect(saved.body).toMatchObject({ has_unpublished_changes: true })
      expect(await exportConfig(owner, id)).toEqual({ ...configOf(fixture(name)), pre_prompt: 'Anew' })
    },
  )

  it('keep them when they are published, but for what only the other mode uses', async () => {
    const owner = await console().join('owner')
    const id = await importApp(owner, 'every-chat-setting.yml')
    const { model_config } = await getDraft(owner, id)
    expect((await owner.send('POST', `/apps/${id}/model-config`, { ...model_config, pre_prompt: 'Anew' })).status).toBe(200)
    const { more_like_this: _, ...settings } = configOf(fixture('every-chat-setting.yml'))
    expect(await exportConfig(owner, id)).toEqual({ ...settings, pre_prompt: 'Anew' })
  })

  it('keep knowledge of old text generators, which stands among the tools of agents', async () => {
    const owner = await console().join('owner')
    const id = await importApp(owner, 'every-completion-setting.yml')
    const { model_config } = await getDraft(owner, id)
    const published = { ...model_config, dataset_configs: {}, external_data_tools: [] }
    expect((await owner.send('POST', `/apps/${id}/model-config`, published)).status).toBe(200)
    const { agent_mode, dataset_query_variable, section_of_later } = configOf(fixture('every-completion-setting.yml'))
    expect(await exportConfig(owner, id)).toMatchObject({ agent_mode, dataset_query_variable, section_of_later })
  })

  it('say why an app is kept for its editor only', async () => {
    const owner = await console().join('owner')
    expect((await importText(owner, fixture('every-completion-setting.yml'))).body).toMatchObject({
      status: 'completed-with-warnings',
      app_mode: 'completion',
      error: expect.stringMatching(/^dataset_configs: /),
      obstacle: { code: 'knowledge_later', values: {} },
    })
    expect((await importText(owner, fixture('every-agent-setting.yml'))).body).toMatchObject({
      status: 'completed-with-warnings',
      app_mode: 'agent-chat',
      error: expect.stringContaining('agent-chat'),
      obstacle: { code: 'mode_later', values: { mode: 'agent-chat' } },
    })
  })

  it('of agents are duplicated whole', async () => {
    const owner = await console().join('owner')
    const id = await importApp(owner, 'every-agent-setting.yml')
    const copy = await owner.send('POST', `/apps/${id}/copy`, {})
    expect(copy).toMatchObject({ status: 201, body: { mode: 'agent-chat' } })
    expect(await exportConfig(owner, copy.body.id)).toEqual(configOf(fixture('every-agent-setting.yml')))
  })

  it.each([
    ['a list of settings', '[]', /"model_config" must be a mapping/],
    ['no model', '{pre_prompt: x}', /^model_config: model: /],
    ['a model without a name', '{model: {provider: demo, completion_params: {}}}', /^model_config: model\.name: /],
    ['a prompt that is a list', '{model: MODEL, pre_prompt: [x]}', /^model_config: pre_prompt: /],
    ['a switch that is a text', '{model: MODEL, speech_to_text: {enabled: "on"}}', /^model_config: speech_to_text\.enabled: /],
    [
      'a field of an unknown kind',
      '{model: MODEL, user_input_form: [{dial: {label: a, variable: a}}]}',
      /^model_config: user_input_form\.0: /,
    ],
    ['five stop texts', '{model: {provider: demo, name: a, completion_params: {stop: [a, b, c, d, e]}}}', /at most 4 texts/],
  ])('with %s are refused, naming the place', async (_what, config, told) => {
    const owner = await console().join('owner')
    const model = '{provider: trellis/demo/demo, name: demo-chat, completion_params: {}}'
    for (const mode of ['chat', 'completion', 'agent-chat']) {
      const text = `app: {name: x, mode: ${mode}}\nmodel_config: ${config.replace('MODEL', model)}`
      expect(await importText(owner, text)).toMatchObject({
        status: 400,
        body: {
          status: 'failed',
          app_id: null,
          error: expect.stringMatching(told),
          details: { values: expect.toSatisfy((values) => /^model_config/.test(values.field ?? values.section)) },
        },
      })
    }
    expect((await owner.send('GET', '/apps')).body.total).toBe(0)
  })
})
