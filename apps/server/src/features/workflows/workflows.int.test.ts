import { newId } from '@trellis/kit'
import { Variable } from '@trellis/variables'
import { expect, it } from 'vitest'
import { type Caller, type ConsoleServer, describeOnDatabases } from '../../testing/console-server.ts'
import { findWorkflowFiles } from './index.ts'

const createApp = async (caller: Caller, mode = 'workflow'): Promise<string> =>
  (await caller.send('POST', '/apps', { name: 'Flow', mode })).body.id
const pathOf = (appId: string, rest = '') => `/apps/${appId}/workflows${rest}`
const readDraft = async (caller: Caller, appId: string) => (await caller.send('GET', pathOf(appId, '/draft'))).body
const saveDraft = async (caller: Caller, appId: string, change: object) => {
  const draft = await readDraft(caller, appId)
  return caller.send('POST', pathOf(appId, '/draft'), { ...draft, ...change })
}
const appOf = ({ apps }: ConsoleServer, { tenantId }: Caller, appId: string) => apps.getApp(tenantId, appId)

const graphOf = (title: string) => ({
  nodes: [
    { id: 'start', type: 'custom', data: { type: 'start', title, variables: [], unknown: { kept: true } } },
    { id: 'end', type: 'custom', data: { type: 'end', title: 'End', outputs: [{ variable: 'x', value_selector: ['start', 'x'] }] } },
  ],
  edges: [{ id: 'e', source: 'start', target: 'end' }],
})
const env = (change: object = {}) => ({ id: 'key', name: 'key', value_type: 'secret', value: 'sk-1', description: '', ...change })

await describeOnDatabases('workflows', (console) => {
  it('begin with a draft that works, and are not published', async () => {
    const owner = await console().join('owner')
    const [workflow, chatflow] = [await createApp(owner), await createApp(owner, 'advanced-chat')]
    const draft = await readDraft(owner, workflow)
    expect(draft).toMatchObject({
      version: 'draft',
      created_by: { id: owner.accountId, name: 'The owner', email: `${owner.accountId}@example.com` },
      features: { file_upload: { enabled: false } },
      environment_variables: [],
      tool_published: false,
    })
    expect(draft.graph.nodes.map(({ data }: { data: { type: string } }) => data.type)).toEqual(['start', 'end'])
    const chat = await readDraft(owner, chatflow)
    expect(chat.graph.nodes.map(({ data }: { data: { type: string } }) => data.type)).toEqual(['start', 'llm', 'answer'])
    expect(chat.graph.nodes[1].data.model).toMatchObject({ provider: 'trellis/demo/demo', name: 'demo-chat' })
    expect((await owner.send('GET', pathOf(workflow, '/publish'))).body).toBeNull()
    expect((await owner.send('GET', `/apps/${workflow}`)).body).toMatchObject({ mode: 'workflow', workflow: null, model_config: null })
    await expect(console().workflows.getPublished(await appOf(console(), owner, workflow))).rejects.toMatchObject({
      code: 'app_unavailable',
    })
    const { plan } = await console().workflows.getDraft(await appOf(console(), owner, workflow))
    expect(plan().root.nodes).toHaveLength(2)
  })

  it('are saved where the draft is the one that the editor began with (4.13)', async () => {
    const { db, join } = console()
    const owner = await join('owner')
    const id = await createApp(owner)
    // Dify's callers, whose new apps have no draft, send no hash at first.
    const { hash: _hash, ...first } = { ...(await readDraft(owner, id)), graph: graphOf('One') }
    const saved = await owner.send('POST', pathOf(id, '/draft'), first)
    expect(saved).toMatchObject({ status: 200, body: { result: 'success', updated_at: expect.any(Number) } })
    const draft = await readDraft(owner, id)
    expect(draft.hash).toBe(saved.body.hash)
    expect(draft.graph).toEqual(graphOf('One'))
    for (const hash of [undefined, null, '', 'f'.repeat(64)]) {
      const refused = await owner.send('POST', pathOf(id, '/draft'), { ...draft, graph: graphOf('Two'), hash })
      expect(refused).toMatchObject({ status: 409, body: { code: 'draft_workflow_not_sync' } })
    }
    // Features are no part of the hash.
    const features = { opening_statement: 'Hi', own_feature: { x: 1 } }
    expect((await owner.send('POST', pathOf(id, '/draft'), { ...draft, features })).body.hash).toBe(draft.hash)
    expect((await readDraft(owner, id)).features).toEqual(features)
    await db.deleteFrom('workflows').where('app_id', '=', id).execute()
    expect(await owner.send('GET', pathOf(id, '/draft'))).toMatchObject({ status: 404, body: { code: 'draft_workflow_not_exist' } })
    expect((await owner.send('POST', pathOf(id, '/draft'), draft)).status).toBe(200)
  })

  it('are saved by the beacon of a page that is being left', async () => {
    const { server, join } = console()
    const owner = await join('owner')
    const id = await createApp(owner)
    const send = (url: string, type: string) =>
      server.inject({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${owner.accountId}`, 'x-csrf-token': owner.accountId, 'content-type': type },
        payload: JSON.stringify({ graph: graphOf('Beacon'), features: {} }),
      })
    const url = `/console/api${pathOf(id, '/draft')}`
    expect((await send(url, 'text/plain;charset=UTF-8')).statusCode).toBe(200)
    expect((await readDraft(owner, id)).graph.nodes[0].data.title).toBe('Beacon')
    expect((await send(url, 'application/xml')).statusCode).toBe(415)
    expect((await send(`/console/api${pathOf(id, '/publish')}`, 'text/plain')).statusCode).toBe(415)
  })

  it.each([
    ['graph', 'start_and_trigger', { graph: { nodes: [...graphOf('x').nodes, { id: 't', data: { type: 'trigger-webhook' } }] } }],
    ['features', 'field_kind', { features: { suggested_questions: 'none' } }],
    ['features', 'field_kind', { features: { speech_to_text: { enabled: 'maybe' } } }],
    ['environment_variables', 'variable_nameless', { environment_variables: [env({ name: '' })] }],
    // Of the id, which nobody writes.
    ['environment_variables', undefined, { environment_variables: [env({ id: '' })] }],
    ['environment_variables', 'variable_valueless', { environment_variables: [env({ value: null })] }],
    ['environment_variables', 'variable_type_unknown', { environment_variables: [env({ value_type: 'object', value: {} })] }],
    ['environment_variables', 'variable_mismatch', { environment_variables: [env({ value_type: 'number', value: 'one' })] }],
    ['environment_variables', 'variable_too_large', { environment_variables: [env({ value: 'x'.repeat(204_800) })] }],
    ['environment_variables', 'secret_gone', { environment_variables: [env({ value: '[__HIDDEN__]' })] }],
    ['conversation_variables', 'variable_type_unknown', { conversation_variables: [env({ value_type: 'array[any]', value: [] })] }],
    ['conversation_variables', 'variable_mismatch', { conversation_variables: [env({ value_type: 'array[number]', value: ['1'] })] }],
    [
      'conversation_variables',
      'variable_description',
      { conversation_variables: [env({ value_type: 'string', value: '', description: 'x'.repeat(256) })] },
    ],
  ])('are not saved with what cannot be meant: %s (case %$)', async (param, reason, change) => {
    const owner = await console().join('owner')
    const id = await createApp(owner, 'advanced-chat')
    const before = await readDraft(owner, id)
    const refused = await saveDraft(owner, id, change)
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_param', params: param } })
    expect(refused.body.details?.reason).toBe(reason)
    expect(await readDraft(owner, id)).toEqual(before)
  })

  it('have ids of nodes as long as is kept of them, and are told of longer ones', async () => {
    const owner = await console().join('owner')
    const id = await createApp(owner)
    const withNode = (nodeId: string) => ({
      nodes: [...graphOf('x').nodes, { id: nodeId, data: { type: 'trigger-webhook' } }].slice(1),
      edges: [],
    })
    // As a database counts: by characters, whatever JavaScript makes of them.
    expect(await saveDraft(owner, id, { graph: withNode('🌵'.repeat(255)) })).toMatchObject({ status: 200 })
    const before = await readDraft(owner, id)
    const refused = await saveDraft(owner, id, { graph: withNode(`long-${'x'.repeat(251)}`) })
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'graph' } })
    expect(refused.body.message).toContain('256 characters')
    expect(refused.body.message).toContain('"long-xxx')
    expect(await readDraft(owner, id)).toEqual(before)
  })

  it('keep nodes that this version does not know, and are not published with them', async () => {
    const owner = await console().join('owner')
    const id = await createApp(owner)
    const graph = { nodes: [...graphOf('x').nodes, { id: 'new', data: { type: 'teleport', title: 'Beam' } }], edges: [] }
    expect((await saveDraft(owner, id, { graph })).status).toBe(200)
    expect((await readDraft(owner, id)).graph).toEqual(graph)
    const refused = await owner.send('POST', pathOf(id, '/publish'), {})
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'graph' } })
    expect(refused.body.message).toContain('teleport')
  })

  it('seal their secrets, show none, and keep those that come back hidden', async () => {
    const { db, workflows, join } = console()
    const owner = await join('owner')
    const id = await createApp(owner)
    const plain = env({ id: 'url', name: 'url', value_type: 'string', value: 'https://example.com' })
    const count = env({ id: 'count', name: 'count', value_type: 'number', value: 3 })
    await saveDraft(owner, id, { environment_variables: [env(), plain, count] })
    const hidden = { id: 'key', name: 'key', value_type: 'secret', value: '[__HIDDEN__]' }
    expect((await readDraft(owner, id)).environment_variables).toMatchObject([hidden, plain, count])
    const row = await db.selectFrom('workflows').selectAll().where('app_id', '=', id).executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain('sk-1')
    expect((await owner.send('GET', pathOf(id, '/draft/environment-variables'))).body.items[0]).toEqual({
      ...hidden,
      type: 'env',
      description: '',
      selector: ['env', 'key'],
      edited: false,
      visible: true,
      editable: true,
    })
    for (const value of ['[__HIDDEN__]', '*'.repeat(20)]) {
      const renamed = { ...hidden, name: 'renamed', value }
      expect((await owner.send('POST', pathOf(id, '/draft/environment-variables'), { environment_variables: [renamed] })).status).toBe(200)
    }
    const { environmentVariables } = await workflows.getDraft(await appOf(console(), owner, id))
    expect(environmentVariables).toEqual([
      { id: 'key', name: 'renamed', description: '', declaredType: 'secret', variable: new Variable('sk-1', 'secret') },
    ])
  })

  it('change features and conversation variables alone', async () => {
    const owner = await console().join('owner')
    const [flow, chat] = [await createApp(owner), await createApp(owner, 'advanced-chat')]
    await saveDraft(owner, chat, { environment_variables: [env()] })
    const before = await readDraft(owner, chat)
    const list = [{ id: 'c', name: 'c', value_type: 'array[string]', value: [] }]
    expect((await owner.send('POST', pathOf(chat, '/draft/conversation-variables'), { conversation_variables: list })).status).toBe(200)
    expect((await owner.send('POST', pathOf(chat, '/draft/features'), { features: { own: 1 } })).status).toBe(200)
    expect(await readDraft(owner, chat)).toMatchObject({
      graph: before.graph,
      hash: before.hash,
      environment_variables: before.environment_variables,
      conversation_variables: list,
      features: { own: 1 },
    })
    const refused = await owner.send('POST', pathOf(flow, '/draft/conversation-variables'), { conversation_variables: list })
    expect(refused).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
    const legacy = { file_upload: { image: { enabled: true, number_limits: 2, transfer_methods: ['remote_url'] } } }
    await owner.send('POST', pathOf(chat, '/draft/features'), { features: legacy })
    expect((await readDraft(owner, chat)).features.file_upload).toEqual({
      enabled: true,
      number_limits: 2,
      allowed_file_types: ['image'],
      allowed_file_extensions: [],
      allowed_file_upload_methods: ['remote_url'],
    })
  })

  it('compile a graph once for all that share its content', async () => {
    const { workflows, join } = console()
    const owner = await join('owner')
    const [first, second] = [await createApp(owner), await createApp(owner)]
    const plans = await Promise.all([first, second].map(async (id) => (await workflows.getDraft(await appOf(console(), owner, id))).plan()))
    expect(plans[0]).toBe(plans[1])
    await saveDraft(owner, second, { graph: graphOf('Other') })
    expect((await workflows.getDraft(await appOf(console(), owner, second))).plan()).not.toBe(plans[0])
  })

  it('are copied as drafts, secrets included', async () => {
    const { workflows, join } = console()
    const owner = await join('owner')
    const id = await createApp(owner, 'advanced-chat')
    await saveDraft(owner, id, { graph: graphOf('Copied'), environment_variables: [env()] })
    await owner.send('POST', pathOf(id, '/publish'), {})
    const copy = (await owner.send('POST', `/apps/${id}/copy`, {})).body
    expect(copy).toMatchObject({ mode: 'advanced-chat', workflow: null })
    const draft = await workflows.getDraft(await appOf(console(), owner, copy.id))
    expect(draft.graph).toEqual(graphOf('Copied'))
    expect(draft.environmentVariables[0]?.variable.value).toBe('sk-1')
  })

  it('keep the uploads that their graphs name', async () => {
    const { db, join } = console()
    const owner = await join('owner')
    const id = await createApp(owner)
    const [used, unused] = [newId(), newId()]
    const graph = { nodes: [{ id: 's', data: { type: 'start', variables: [{ default: { upload_file_id: used } }] } }], edges: [] }
    await saveDraft(owner, id, { graph })
    expect(await findWorkflowFiles(db, [unused, used])).toEqual([used])
  })

  it('tell what new nodes begin with', async () => {
    const owner = await console().join('owner')
    const id = await createApp(owner)
    const { status, body } = await owner.send('GET', pathOf(id, '/default-workflow-block-configs'))
    expect({ status, body }).toMatchObject({ status: 200, body: expect.any(Array) })
    expect((await owner.send('GET', pathOf(id, '/default-workflow-block-configs/start?q=%7B%7D'))).status).toBe(200)
    expect((await owner.send('GET', pathOf(id, '/default-workflow-block-configs/teleport'))).body.code).toBe('not_found')
  })

  it('are of their app and workspace alone, and of apps that have some', async () => {
    const { workflows, join } = console()
    const owner = await join('owner')
    const [stranger, normal] = [await join('owner'), await join('normal', owner.tenantId)]
    const [id, other, chat] = [await createApp(owner), await createApp(owner), await createApp(owner, 'chat')]
    await owner.send('POST', pathOf(id, '/publish'), {})
    const { id: version } = (await owner.send('GET', pathOf(id, '/publish'))).body
    const calls = [
      ['GET', '/draft', undefined],
      ['POST', '/draft', { graph: graphOf('Mine'), features: {} }],
      ['POST', '/draft/features', { features: {} }],
      ['GET', '/publish', undefined],
      ['POST', '/publish', {}],
      ['GET', '', undefined],
      ['GET', `/${version}`, undefined],
      ['PATCH', `/${version}`, { marked_name: 'Mine' }],
      ['POST', `/${version}/restore`, undefined],
      ['DELETE', `/${version}`, undefined],
    ] as const
    for (const [method, path, body] of calls) {
      expect(await stranger.send(method, pathOf(id, path), body)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
      expect(await normal.send(method, pathOf(id, path), body)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
      expect(await owner.send(method, pathOf(chat, path), body)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
      if (path.includes(version)) {
        expect(await owner.send(method, pathOf(other, path), body)).toMatchObject({ status: 404, body: { code: 'not_found' } })
      }
    }
    await workflows.getVersion(await appOf(console(), owner, id), version)
    await expect(workflows.getVersion(await appOf(console(), owner, other), version)).rejects.toMatchObject({ code: 'not_found' })
  })
})
