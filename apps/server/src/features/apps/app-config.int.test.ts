import { expect, it } from 'vitest'
import { type Caller, describeOnDatabases } from '../../testing/console-server.ts'

const createApp = async (caller: Caller, mode = 'chat') => (await caller.send('POST', '/apps', { name: 'Guide', mode })).body.id as string
const getDraft = async (caller: Caller, id: string) => (await caller.send('GET', `/apps/${id}/draft-config`)).body
const getConfig = async (caller: Caller, id: string) => (await caller.send('GET', `/apps/${id}`)).body.model_config
const model = { provider: 'openai', name: 'demo-other', completion_params: { temperature: 0.2, stop: ['END'] } }

await describeOnDatabases('configurations of apps', (console) => {
  it('are published for callers, and the draft becomes the same', async () => {
    const { apps, join } = console()
    const owner = await join('owner')
    const id = await createApp(owner)
    const before = await apps.getPublishedConfig(await apps.getApp(owner.tenantId, id))
    const config = {
      model,
      pre_prompt: 'Hello {{name}}',
      user_input_form: [{ 'text-input': { label: 'Name', variable: 'name', required: true } }],
    }
    expect(await owner.send('POST', `/apps/${id}/model-config`, { ...config, more_like_this: { enabled: true }, own_key: 1 })).toEqual({
      status: 200,
      body: { result: 'success' },
    })
    const after = await apps.getPublishedConfig(await apps.getApp(owner.tenantId, id))
    expect(after.id).not.toBe(before.id)
    expect(after.value).toMatchObject({
      pre_prompt: 'Hello {{name}}',
      model: { provider: 'langgenius/openai/openai', mode: 'chat', completion_params: model.completion_params },
      user_input_form: [{ type: 'text-input', variable: 'name', required: true }],
      own_key: 1,
    })
    expect(await getConfig(owner, id)).toMatchObject({
      pre_prompt: 'Hello {{name}}',
      more_like_this: { enabled: false },
      created_by: owner.accountId,
    })
    expect(await getDraft(owner, id)).toMatchObject({ model_config: { pre_prompt: 'Hello {{name}}' }, has_unpublished_changes: false })
  })

  it('take over the mode of their model', async () => {
    const owner = await console().join('owner')
    const id = await createApp(owner)
    await owner.send('POST', `/apps/${id}/model-config`, { model: { ...model, name: 'demo-completion', mode: 'chat' } })
    expect((await getConfig(owner, id)).model).toMatchObject({ name: 'demo-completion', mode: 'completion' })
  })

  it.each([
    ['no model', {}, 'invalid_param'],
    ['no parameters', { model: { provider: 'openai', name: 'demo' } }, 'invalid_param'],
    ['an unknown model', { model: { ...model, name: 'nobody-knows' } }, 'model_currently_not_support'],
    ['five stop texts', { model: { ...model, completion_params: { stop: ['1', '2', '3', '4', '5'] } } }, 'invalid_param'],
    [
      'a variable that stands twice',
      { model, user_input_form: [{ number: { label: '', variable: 'a' } }, { number: { label: '', variable: 'a' } }] },
      'invalid_param',
    ],
  ])('with %s are refused, and callers keep what they had', async (_what, config, code) => {
    const owner = await console().join('owner')
    const id = await createApp(owner)
    const before = await getConfig(owner, id)
    expect(await owner.send('POST', `/apps/${id}/model-config`, config)).toMatchObject({ status: 400, body: { code } })
    expect(await getConfig(owner, id)).toEqual(before)
  })

  it('are edited as a draft that callers do not see', async () => {
    const owner = await console().join('owner')
    const id = await createApp(owner)
    const first = await getDraft(owner, id)
    const changed = { ...first.model_config, pre_prompt: 'Draft' }
    const saved = await owner.send('PUT', `/apps/${id}/draft-config`, { model_config: changed, hash: first.hash })
    expect(saved).toMatchObject({ status: 200, body: { model_config: { pre_prompt: 'Draft' }, has_unpublished_changes: true } })
    expect(saved.body.hash).not.toBe(first.hash)
    expect(await getDraft(owner, id)).toEqual(saved.body)
    expect(await getConfig(owner, id)).toMatchObject({ pre_prompt: '' })
    expect((await owner.send('GET', '/apps')).body.data[0]).toMatchObject({ has_unpublished_changes: true })
    const discarded = await owner.send('POST', `/apps/${id}/draft-config/discard`)
    expect(discarded.body).toEqual(first)
  })

  it('are as published again when the draft is edited back', async () => {
    const owner = await console().join('owner')
    const id = await createApp(owner)
    const first = await getDraft(owner, id)
    const edit = async (pre_prompt: string, hash: string) =>
      (await owner.send('PUT', `/apps/${id}/draft-config`, { model_config: { ...first.model_config, pre_prompt }, hash })).body
    const second = await edit('Draft', first.hash)
    expect(await edit('', second.hash)).toMatchObject({ hash: first.hash, has_unpublished_changes: false })
  })

  it('conflict where somebody else was faster, and tell the hash to go on from', async () => {
    const owner = await console().join('owner')
    const id = await createApp(owner)
    const { hash, model_config } = await getDraft(owner, id)
    const save = (pre_prompt: string, from: string) =>
      owner.send('PUT', `/apps/${id}/draft-config`, { model_config: { ...model_config, pre_prompt }, hash: from })
    const theirs = await save('Theirs', hash)
    const mine = await save('Mine', hash)
    expect(mine).toMatchObject({ status: 409, body: { code: 'conflict', hash: theirs.body.hash } })
    expect((await getDraft(owner, id)).model_config.pre_prompt).toBe('Theirs')
    expect((await save('Mine', mine.body.hash)).status).toBe(200)
  })

  it('keep exactly one of many saves at once', async () => {
    const owner = await console().join('owner')
    const id = await createApp(owner)
    const { hash, model_config } = await getDraft(owner, id)
    const replies = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((pre_prompt) =>
        owner.send('PUT', `/apps/${id}/draft-config`, { model_config: { ...model_config, pre_prompt }, hash }),
      ),
    )
    const won = replies.filter((reply) => reply.status === 200)
    expect(won).toHaveLength(1)
    expect(replies.filter((reply) => reply.status === 409)).toHaveLength(4)
    expect((await getDraft(owner, id)).hash).toBe(won[0]?.body.hash)
  })
})
