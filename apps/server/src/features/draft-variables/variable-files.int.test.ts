import { FILE_IDENTITY } from '@trellis/variables'
import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { administrator, type ConsoleSession } from '../../testing/test-server.ts'
import { createWorkflowApp, graphOf, type WorkflowApp } from '../../testing/workflows/workflow-app.ts'

const graph = graphOf(
  {
    start: {
      type: 'start',
      variables: [
        { variable: 'thing', label: 'Thing', type: 'json_object', required: false },
        { variable: 'text', label: 'Text', type: 'paragraph', required: false, max_length: 200_000 },
        {
          variable: 'picture',
          label: 'Picture',
          type: 'file',
          required: false,
          allowed_file_types: ['custom'],
          allowed_file_extensions: ['.txt'],
          allowed_file_upload_methods: ['local_file'],
        },
      ],
    },
    end: { type: 'end', outputs: [] },
  },
  ['start -> end'],
)
const colleague = { email: 'bob@example.com', password: 'correct horse 1', name: 'Bob', language: 'en-US' }

await describeOnServers('files and links of draft variables', {}, (server) => {
  let session: ConsoleSession
  let other: ConsoleSession
  let app: WorkflowApp
  let tenantId: string
  const database = () => server().process.platform.database.db
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
    app = await createWorkflowApp(server(), session, graph)
    const row = await database().selectFrom('apps').select('tenant_id').where('id', '=', app.id).executeTakeFirstOrThrow()
    tenantId = row.tenant_id
    await server().process.features.accounts.setup.createWorkspace(colleague, 'Elsewhere')
    await database().updateTable('tenant_members').set({ tenant_id: tenantId, role: 'editor' }).where('tenant_id', '!=', tenantId).execute()
    other = await server().login(colleague.email, colleague.password)
  })

  const path = (rest: string) => `/apps/${app.id}/workflows/draft${rest}`
  const variablesOf = async (
    by: ConsoleSession,
  ): Promise<readonly { readonly id: string; readonly name: string; readonly value: never }[]> =>
    (await by.send('GET', path('/nodes/start/variables'))).body.items
  const variableOf = async (by: ConsoleSession, name: string) => {
    const variable = (await variablesOf(by)).find((candidate) => candidate.name === name)
    if (!variable) throw new Error(`no variable "${name}"`)
    return variable
  }
  const change = async (by: ConsoleSession, name: string, value: unknown) =>
    by.send('PATCH', path(`/variables/${(await variableOf(by, name)).id}`), { value })
  const upload = async (url: string, headers: Readonly<Record<string, string>>): Promise<string> => {
    const form = new FormData()
    form.set('file', new Blob(['secret'], { type: 'text/plain' }), 'note.txt')
    form.set('user', 'u1')
    const response = await fetch(`${server().url}${url}`, { method: 'POST', headers, body: form })
    return ((await response.json()) as { readonly id: string }).id
  }
  const uploadBy = (by: ConsoleSession) => upload('/console/api/files/upload', by.headers)
  const uploadByEndUser = () => upload('/v1/files/upload', { authorization: `Bearer ${app.apiKey}` })
  const mapping = (id: string) => ({ type: 'document', transfer_method: 'local_file', upload_file_id: id })
  const forged = (ids: object) => ({
    dify_model_identity: FILE_IDENTITY,
    type: 'document',
    transfer_method: 'local_file',
    filename: 'note.txt',
    ...ids,
  })
  const run = (by: ConsoleSession, inputs: object) => by.send('POST', path('/nodes/start/run'), { inputs })
  const urlOf = (value: unknown) => (value as { readonly url?: string } | undefined)?.url

  it('are the account’s own, or of the app', async () => {
    const mine = await uploadBy(session)
    await run(session, { picture: mapping(mine), thing: { a: 1 } })
    const ofUser = await uploadByEndUser()
    expect((await change(session, 'picture', mapping(ofUser))).body).toMatchObject({ value: { related_id: ofUser } })
    expect((await change(session, 'picture', mapping(mine))).body).toMatchObject({ value: { related_id: mine } })
    const inside = await change(session, 'thing', { note: forged({ related_id: mine }) })
    const url = urlOf(inside.body.value.note)
    expect(await (await fetch(new URL(url ?? '', server().url))).text()).toBe('secret')
  })

  it('of others are refused, however they are named', async () => {
    const foreign = await uploadBy(other)
    const refusal = { code: 'invalid_param', message: expect.stringContaining(foreign), details: { reason: 'file_gone' } }
    expect((await change(session, 'picture', mapping(foreign))).body).toMatchObject(refusal)
    for (const names of [
      { related_id: foreign },
      { related_id: null, reference: foreign },
      { transfer_method: 'remote_url', related_id: foreign, url: 'https://example.com/a' },
    ]) {
      expect((await change(session, 'thing', { list: [forged(names)] })).body).toMatchObject(refusal)
    }
  })

  it('of others get no link where a run left their ids in a value', async () => {
    const foreign = await uploadBy(other)
    await run(session, { thing: { note: forged({ related_id: foreign }), half: forged({}) } })
    const { value } = await variableOf(session, 'thing')
    expect(value).toMatchObject({ note: { related_id: foreign } })
    expect(JSON.stringify(value)).not.toContain('sign=')
  })

  it('open whole values only while their editor may edit', async () => {
    await run(other, { text: 'a'.repeat(150_000) })
    const { download_url } = (await other.send('GET', path(`/variables/${(await variableOf(other, 'text')).id}`))).body.full_content
    const follow = async () => (await fetch(new URL(download_url, server().url))).status
    const setRole = (role: 'editor' | 'normal') =>
      database().updateTable('tenant_members').set({ role }).where('tenant_id', '=', tenantId).where('role', '!=', 'owner').execute()
    const setStatus = (status: 'active' | 'banned') =>
      database().updateTable('accounts').set({ status }).where('email', '=', colleague.email).execute()
    expect(await follow()).toBe(200)
    await setRole('normal')
    expect(await follow()).toBe(404)
    await setRole('editor')
    await setStatus('banned')
    expect(await follow()).toBe(404)
    await setStatus('active')
    expect(await follow()).toBe(200)
    await database().deleteFrom('tenant_members').where('tenant_id', '=', tenantId).where('role', '!=', 'owner').execute()
    expect(await follow()).toBe(404)
  })
})
