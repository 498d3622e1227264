import { readdirSync, readFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import { newId } from '@trellis/kit'
import { type Dict, dumpJson, type Value } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import { type Caller, describeOnDatabases } from '../../testing/console-server.ts'
import { dictOf, dictsOf } from './app-file.ts'
import { encryptDatasetId } from './dataset-ids.ts'
import { readYaml } from './yaml/read-yaml.ts'

const OWN = joinPath(import.meta.dirname, '__fixtures__')
/** A folder of app files that are not ours to keep. */
const GIVEN = process.env['TRELLIS_DSL_FILES']

const filesOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => [name, readFileSync(joinPath(folder, name), 'utf8')] as const)
const files = [...filesOf(OWN), ...(GIVEN ? filesOf(GIVEN) : [])]
const fixture = (name: string) => readFileSync(joinPath(OWN, name), 'utf8')

const importText = (caller: Caller, text: string, more: object = {}) =>
  caller.send('POST', '/apps/imports', { mode: 'yaml-content', yaml_content: text, ...more })
const exportOf = async (caller: Caller, appId: string, query = ''): Promise<string> =>
  (await caller.send('GET', `/apps/${appId}/export${query}`)).body.data
const importWhole = async (caller: Caller, text: string): Promise<string> => {
  const { body } = await importText(caller, text)
  if (body.status !== 'pending') return body.app_id
  return (await caller.send('POST', `/apps/imports/${body.id}/confirm`)).body.app_id
}

/** What a file says, but for what an export writes itself: versions, plugins, values of secrets, and what a variable may leave out. */
function comparable(text: string): string {
  // Files are mappings.
  const { version: _version, dependencies: _dependencies, kind: _kind, ...root } = readYaml(text) as Dict
  const workflow = dictOf(root, 'workflow')
  const variables = (key: string): Value =>
    dictsOf(workflow, key).map((variable): Dict => {
      const { selector: _selector, ...rest } = variable
      return { description: '', ...rest, value: variable['value_type'] === 'secret' ? '' : (variable['value'] ?? null) }
    })
  const complete: Dict =
    'workflow' in root
      ? {
          ...root,
          workflow: {
            features: {},
            ...workflow,
            environment_variables: variables('environment_variables'),
            conversation_variables: variables('conversation_variables'),
          },
        }
      : root
  return dumpJson({ ...complete, app: { ...appDefaults, ...dictOf(root, 'app') } }, { sortKeys: true, indent: 1 })
}
const appDefaults: Dict = { description: '', icon: '', icon_background: '#FFFFFF', use_icon_as_answer_icon: false }

/** Of these a part stays behind on purpose, as tests below tell. */
const changed = new Set(['needs.yml', 'triggers.yml'])

await describeOnDatabases('app files', (console) => {
  describe('come out as they went in:', () => {
    it.each(files)('%s', async (name, text) => {
      const owner = await console().join('owner')
      const first = await exportOf(owner, await importWhole(owner, text))
      const second = await exportOf(owner, await importWhole(owner, first))
      expect(second).toBe(first)
      if (!changed.has(name)) expect(comparable(first)).toBe(comparable(text))
    })
  })

  it('make apps of what they hold, named as the request says', async () => {
    const { workflows, apps, join } = console()
    const owner = await join('owner')
    const { status, body } = await importText(owner, fixture('chatflow-variables.yml'), { name: 'Mine', icon: '🌵', icon_type: 'emoji' })
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        status: 'completed-with-warnings',
        app_mode: 'advanced-chat',
        current_dsl_version: '0.6.0',
        imported_dsl_version: '0.5.0',
        error: '',
      },
    })
    expect((await owner.send('GET', `/apps/${body.app_id}`)).body).toMatchObject({
      name: 'Mine',
      icon: '🌵',
      icon_background: '#E4FBCC',
      enable_site: true,
      enable_api: true,
      use_icon_as_answer_icon: true,
    })
    const draft = await workflows.getDraft(await apps.getApp(owner.tenantId, body.app_id))
    expect(draft.environmentVariables[0]?.variable.value).toBe('sk-very-secret')
    expect(draft.conversationVariables.map(({ name, variable }) => [name, variable.type])).toEqual([
      ['topic', 'string'],
      ['seen', 'array[string]'],
      ['ratio', 'float'],
      ['state', 'object'],
    ])
    expect((await owner.send('GET', '/app-dsl-version')).body).toEqual({ app_dsl_version: '0.6.0' })
  })

  it('keep secrets to themselves unless they are asked for', async () => {
    const owner = await console().join('owner')
    const id = await importWhole(owner, fixture('chatflow-variables.yml'))
    expect(await exportOf(owner, id)).not.toContain('sk-very-secret')
    expect(await exportOf(owner, id, '?include_secret=true')).toContain('sk-very-secret')
    await owner.send('POST', `/apps/${id}/workflows/publish`, {})
    const { id: version } = (await owner.send('GET', `/apps/${id}/workflows/publish`)).body
    const { graph, features, hash } = (await owner.send('GET', `/apps/${id}/workflows/draft`)).body
    await owner.send('POST', `/apps/${id}/workflows/draft`, { graph, features: { ...features, opening_statement: 'Changed' }, hash })
    expect(await exportOf(owner, id)).toContain('Changed')
    expect(await exportOf(owner, id, `?workflow_id=${version}`)).not.toContain('Changed')
    expect((await owner.send('GET', `/apps/${id}/export?workflow_id=${newId()}`)).body.code).toBe('not_found')
  })

  it('leave credentials, addresses, schedules and uploads behind', async () => {
    const owner = await console().join('owner')
    const [needs, triggers] = [await importWhole(owner, fixture('needs.yml')), await importWhole(owner, fixture('triggers.yml'))]
    const text = (await exportOf(owner, needs)) + (await exportOf(owner, triggers))
    for (const left of ['secret-credential', 'upload_file_id', 'example.com', 'Berlin']) expect(text).not.toContain(left)
    expect(await exportOf(owner, needs, '?include_secret=true')).toContain('secret-credential')
  })

  it('name knowledge so that only its workspace can read it', async () => {
    const { join } = console()
    const [owner, stranger] = [await join('owner'), await join('owner')]
    const datasetId = '8a1ab2a5-9a10-4e9d-9a52-6d3f4f6b1a01'
    const text = await exportOf(owner, await importWhole(owner, fixture('needs.yml')))
    expect(text).not.toContain(datasetId)
    expect(text).toContain(encryptDatasetId(owner.tenantId, datasetId))
    const idsOf = async (caller: Caller) => {
      const id = await importWhole(caller, text)
      const { nodes } = (await caller.send('GET', `/apps/${id}/workflows/draft`)).body.graph
      return nodes.find(({ id }: { id: string }) => id === 'look').data.dataset_ids
    }
    expect(await idsOf(owner)).toEqual([datasetId])
    expect(await idsOf(stranger)).toEqual([])
  })

  it('of newer versions wait ten minutes for confirmation, in their workspace', async () => {
    const { clock, join } = console()
    const [owner, stranger] = [await join('owner'), await join('owner')]
    const text = fixture('unknown-fields.yml').replace('version: 0.6.0', 'version: 0.7.0')
    const waiting = await importText(owner, text)
    expect(waiting).toMatchObject({ status: 202, body: { status: 'pending', app_id: null, imported_dsl_version: '0.7.0' } })
    const confirm = (caller: Caller, id: string) => caller.send('POST', `/apps/imports/${id}/confirm`)
    expect(await confirm(stranger, waiting.body.id)).toMatchObject({ status: 400, body: { status: 'failed' } })
    expect(await confirm(owner, waiting.body.id)).toMatchObject({ status: 200, body: { status: 'completed', app_mode: 'workflow' } })
    expect(await confirm(owner, waiting.body.id)).toMatchObject({
      status: 400,
      body: { status: 'failed', details: { reason: 'import_gone' } },
    })
    const late = await importText(owner, text)
    clock.advance(10 * 60_000 + 1)
    expect((await confirm(owner, late.body.id)).status).toBe(400)
  })

  it('wait one for each account: a newer one takes the place of an older', async () => {
    const { join } = console()
    const [owner, other] = [await join('owner'), await join('owner')]
    const text = fixture('unknown-fields.yml').replace('version: 0.6.0', 'version: 0.7.0')
    const [first, second, others] = [await importText(owner, text), await importText(owner, text), await importText(other, text)]
    const confirm = (caller: Caller, { body }: typeof first) => caller.send('POST', `/apps/imports/${body.id}/confirm`)
    expect(await confirm(owner, first)).toMatchObject({ status: 400, body: { error: expect.stringMatching(/does not wait any more/) } })
    expect((await confirm(owner, second)).status).toBe(200)
    expect((await confirm(other, others)).status).toBe(200)
  })

  it('come from addresses too, and from pages of GitHub that show them', async () => {
    const { pages, join } = console()
    const owner = await join('owner')
    pages.set('https://raw.githubusercontent.com/acme/flows/main/least.yml', fixture('minimal-workflow.yml'))
    const fetch = (yaml_url?: string) => owner.send('POST', '/apps/imports', { mode: 'yaml-url', yaml_url })
    expect((await fetch('https://github.com/acme/flows/blob/main/least.yml')).body).toMatchObject({ status: 'completed-with-warnings' })
    for (const [url, reason] of [
      ['http://169.254.169.254/latest', 'remote_file_failed'],
      [undefined, 'file_address'],
    ] as const) {
      const failed = { status: 'failed', error: expect.stringMatching(/\w/), details: { reason } }
      expect(await fetch(url)).toMatchObject({ status: 400, body: failed })
    }
    expect((await owner.send('POST', '/apps/imports', { mode: 'zip' })).body).toMatchObject({ code: 'invalid_param', params: 'mode' })
  })

  it('are refused with ids of nodes that are longer than is kept of them', async () => {
    const owner = await console().join('owner')
    const app = await importWhole(owner, fixture('minimal-workflow.yml'))
    const text = fixture('minimal-workflow.yml').replace('id: end', `id: ${'x'.repeat(256)}`)
    for (const more of [{}, { app_id: app }]) {
      const { status, body } = await importText(owner, text, more)
      expect({ status, body }).toMatchObject({ status: 400, body: { status: 'failed', app_id: null } })
      expect(body.error).toContain('256 characters')
    }
  })

  it('overwrite workflows, and nothing else', async () => {
    const { db, join } = console()
    const [owner, stranger] = [await join('owner'), await join('owner')]
    const { id } = (await owner.send('POST', '/apps', { name: 'Old', mode: 'workflow' })).body
    const { id: chat } = (await owner.send('POST', '/apps', { name: 'Chat', mode: 'chat' })).body
    const audit = { created_at: 1, updated_at: 1, last_edited_at: null, run_id: null, execution_id: null }
    await db
      .insertInto('draft_variables')
      .values({
        ...audit,
        id: newId(),
        tenant_id: owner.tenantId,
        app_id: id,
        account_id: owner.accountId,
        node_id: 'start',
        name: 'x',
        description: '',
        value_type: 'string',
        value: '""',
        visible: 1,
        editable: 1,
      })
      .execute()
    const over = await importText(owner, fixture('unknown-fields.yml'), { app_id: id })
    expect(over).toMatchObject({ status: 200, body: { status: 'completed', app_id: id } })
    expect((await owner.send('GET', `/apps/${id}`)).body).toMatchObject({ name: 'Later', mode: 'workflow' })
    expect((await owner.send('GET', `/apps/${id}/workflows/draft`)).body.graph.nodes).toHaveLength(2)
    expect(await db.selectFrom('draft_variables').selectAll().where('app_id', '=', id).execute()).toEqual([])
    const refused = [
      importText(owner, fixture('minimal-workflow.yml'), { app_id: chat }),
      importText(owner, fixture('basic-chat.yml'), { app_id: id }),
      importText(owner, fixture('minimal-workflow.yml'), { app_id: newId() }),
      importText(stranger, fixture('minimal-workflow.yml'), { app_id: id }),
    ]
    for (const reply of await Promise.all(refused)) expect(reply).toMatchObject({ status: 400, body: { status: 'failed', app_id: null } })
    expect((await owner.send('GET', `/apps/${id}`)).body.name).toBe('Later')
  })

  it.each([
    ['no YAML', 'a: [', 'yaml_broken'],
    ['no mapping', '- a', 'import_no_app_file'],
    ['no app', 'kind: app\nversion: 0.6.0', 'import_section_missing'],
    ['no mode', 'app: {name: x}\nworkflow: {graph: {}}', 'import_modeless'],
    ['a mode of later', 'app: {name: x, mode: agent}\nworkflow: {graph: {}}', 'import_mode_unknown'],
    ['no name', 'app: {mode: workflow}\nworkflow: {graph: {}}', 'import_nameless'],
    ['no workflow', 'app: {name: x, mode: workflow}', 'import_section_missing'],
    ['no configuration', 'app: {name: x, mode: chat}', 'import_section_missing'],
    ['a version that is a number', 'version: 0.3\napp: {name: x, mode: workflow}\nworkflow: {graph: {}}', 'import_version'],
    ['a workflow that is none', 'app: {name: x, mode: workflow}\nworkflow: none', 'import_section_shape'],
    [
      'a variable without a value',
      'app: {name: x, mode: workflow}\nworkflow: {graph: {}, environment_variables: [{name: a, value_type: string}]}',
      'variable_valueless',
    ],
    ['nothing', '', 'import_empty'],
  ])('with %s are refused with the reason', async (_what, text, reason) => {
    const owner = await console().join('owner')
    const failed = { status: 'failed', error: expect.stringMatching(/\w/), details: { reason } }
    expect(await importText(owner, text)).toMatchObject({ status: 400, body: failed })
    expect((await owner.send('GET', '/apps')).body.total).toBe(0)
  })

  it('of basic apps are published where they work here, and kept for the editor where not', async () => {
    const owner = await console().join('owner')
    const works = await importText(owner, fixture('basic-chat.yml'))
    expect(works.body).toMatchObject({ status: 'completed', app_mode: 'chat', error: '' })
    expect((await owner.send('GET', `/apps/${works.body.app_id}`)).body).toMatchObject({
      has_unpublished_changes: false,
      model_config: { model: { name: 'demo-chat' }, pre_prompt: 'You help {{who}}.\nBe kind.' },
    })
    const other = await importText(owner, fixture('basic-chat.yml').replace('demo-chat', 'acme-1'))
    expect(other.body).toMatchObject({ status: 'completed-with-warnings', error: expect.stringContaining('acme-1') })
    const waiting = {
      id: other.body.app_id,
      has_unpublished_changes: true,
      is_published: false,
      model_config: expect.objectContaining({ model: expect.objectContaining({ name: 'acme-1' }) }),
    }
    expect((await owner.send('GET', `/apps/${waiting.id}`)).body).toMatchObject(waiting)
    expect((await owner.send('GET', '/apps')).body.data).toContainEqual(expect.objectContaining(waiting))
    expect((await owner.send('GET', `/apps/${other.body.app_id}/draft-config`)).body).toMatchObject({
      model_config: { model: { name: 'acme-1' } },
      has_unpublished_changes: true,
    })
    expect((await importText(owner, fixture('agent-chat.yml'))).body).toMatchObject({
      status: 'completed-with-warnings',
      app_mode: 'agent-chat',
    })
    const kept = (await owner.send('GET', '/apps?mode=agent-chat')).body.data[0]
    expect((await owner.send('GET', `/apps/${kept.id}`)).body.model_config).toMatchObject({ agent_mode: { enabled: true } })
    const copy = (await owner.send('POST', `/apps/${works.body.app_id}/copy`, {})).body
    expect(comparable(await exportOf(owner, copy.id))).toBe(comparable(fixture('basic-chat.yml')))
  })

  it('tell what they need, and take models of the workspace instead', async () => {
    const { join } = console()
    const [owner, stranger] = [await join('owner'), await join('owner')]
    const id = await importWhole(owner, fixture('needs.yml'))
    const acme = { provider: 'langgenius/acme/acme', model: 'acme-1' }
    const needs = (await owner.send('GET', `/apps/${id}/workflows/draft/requirements`)).body
    expect(needs).toMatchObject({
      models: expect.arrayContaining([
        {
          ...acme,
          status: 'unknown',
          nodes: expect.arrayContaining([
            { id: 'think', title: 'Think' },
            { id: 'again', title: 'Again' },
          ]),
        },
        { provider: '', model: '', status: 'unknown', nodes: [{ id: 'open', title: 'Open' }] },
      ]),
      tools: [
        { provider: 'acme/search', tool: 'find', status: 'unknown', nodes: [{ id: 'tool', title: 'Search' }] },
        { provider: 'time', tool: 'weekday', status: 'ready', nodes: [{ id: 'day', title: 'Day' }] },
      ],
      knowledge: [{ dataset_id: '8a1ab2a5-9a10-4e9d-9a52-6d3f4f6b1a01' }],
      leaked_dependencies: [{ type: 'marketplace', value: { marketplace_plugin_unique_identifier: 'langgenius/acme' } }],
      default_model: { provider: 'demo', model: 'demo-chat' },
    })
    expect((await owner.send('GET', `/apps/imports/${id}/check-dependencies`)).body).toEqual({
      leaked_dependencies: needs.leaked_dependencies,
    })
    const unchosen = { provider: '', model: '' }
    const bind = (caller: Caller, to: object) =>
      caller.send('POST', `/apps/${id}/workflows/draft/bind-models`, { bindings: [acme, unchosen].map((from) => ({ from, to })) })
    expect((await bind(owner, { provider: 'demo', model: 'none' })).body.code).toBe('model_currently_not_support')
    expect((await bind(stranger, { provider: 'demo', model: 'demo-chat' })).body.code).toBe('app_not_found')
    expect((await bind(owner, { provider: 'demo', model: 'demo-chat' })).status).toBe(200)
    const text = await exportOf(owner, id)
    expect(text).not.toContain('acme-1')
    expect(text).toContain('temperature: 1.0')
    const bound = (await owner.send('GET', `/apps/${id}/workflows/draft/requirements`)).body
    expect(bound.models).toMatchObject([{ provider: 'trellis/demo/demo', model: 'demo-chat', status: 'ready' }])
  })

  it('are of their workspace alone', async () => {
    const { join } = console()
    const owner = await join('owner')
    const [stranger, normal] = [await join('owner'), await join('normal', owner.tenantId)]
    const id = await importWhole(owner, fixture('minimal-workflow.yml'))
    for (const path of [`/apps/${id}/export`, `/apps/${id}/workflows/draft/requirements`, `/apps/imports/${id}/check-dependencies`]) {
      expect(await stranger.send('GET', path)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
      expect(await normal.send('GET', path)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    }
    expect((await importText(normal, fixture('minimal-workflow.yml'))).status).toBe(403)
  })
})
