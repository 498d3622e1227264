import type { FileInput } from '@trellis/contracts'
import { openDatabase } from '@trellis/db'
import type { CatalogModel, Storage } from '@trellis/spec'
import { afterAll, describe, expect, it } from 'vitest'
import { basicConfigSchema } from '../turns/index.ts'
import { createAttachments } from './attachments.ts'

/** Files at an address: no row and no stored byte is looked at for them. */
describe('attachments by address', () => {
  const database = openDatabase({ type: 'sqlite', file: ':memory:' })
  afterAll(() => database.close())
  const storage: Storage = {
    read: () => expect.unreachable(),
    readStream: () => expect.unreachable(),
    write: () => expect.unreachable(),
    size: () => expect.unreachable(),
    delete: () => expect.unreachable(),
    list: () => expect.unreachable(),
    check: () => expect.unreachable(),
    close: () => expect.unreachable(),
  }
  const attachments = createAttachments({ db: database.db, storage, toPublicUrl: undefined })
  const owner = { tenantId: 't', endUserId: 'u', accountId: null }
  const config = (file_upload: object) => basicConfigSchema.parse({ model: { provider: 'p', name: 'm' }, file_upload })
  const remote = (url: string | undefined, type: FileInput['type'] = 'image'): FileInput => ({
    type,
    transfer_method: 'remote_url',
    url,
    upload_file_id: undefined,
  })
  const resolve = (rules: object, ...files: readonly FileInput[]) => attachments.resolve(owner, files, config(rules))
  const picture = remote('https://example.com/a.png')

  it.each([{}, { enabled: false }, { image: { enabled: false } }, { enabled: 'yes' }])('are dropped by an app with %j', async (rules) => {
    expect(await resolve(rules, picture)).toEqual([])
  })

  it.each([
    ['an older form', { image: { enabled: true } }, picture],
    ['pictures unless told otherwise', { enabled: true }, picture],
    ['several types', { enabled: true, allowed_file_types: ['audio', 'document'] }, remote('http://example.com/a', 'document')],
    [
      'own extensions',
      { enabled: true, allowed_file_types: ['custom'], allowed_file_extensions: ['.JSON'] },
      remote('https://example.com/a.json', 'custom'),
    ],
    [
      'own extensions, whatever the type told',
      { enabled: true, allowed_file_types: ['custom'], allowed_file_extensions: ['png'] },
      picture,
    ],
  ])('are taken by %s', async (_title, rules, file) => {
    expect(await resolve(rules, file)).toEqual([{ type: file.type, transfer_method: 'remote_url', url: file.url, upload_file_id: null }])
  })

  it.each([
    ['one too many', { enabled: true, number_limits: 1 }, [picture, picture]],
    ['more than three where no number is told', { enabled: true }, [picture, picture, picture, picture]],
    ['another method', { enabled: true, allowed_file_upload_methods: ['local_file'] }, [picture]],
    ['another method of the older form', { image: { enabled: true, transfer_methods: ['local_file'] } }, [picture]],
    ['another type', { enabled: true, allowed_file_types: ['audio'] }, [picture]],
    [
      'another extension',
      { enabled: true, allowed_file_types: ['custom'], allowed_file_extensions: ['.json'] },
      [remote('https://example.com/a.exe', 'custom')],
    ],
    ['no address', { enabled: true }, [remote(undefined)]],
    ['an address of another kind', { enabled: true }, [remote('file:///etc/passwd')]],
    ['half an address', { enabled: true }, [remote('https://')]],
    ['a broken address', { enabled: true }, [remote('https://[')]],
  ])('are refused: %s', async (_title, rules, files) => {
    await expect(resolve(rules, ...files)).rejects.toMatchObject({ code: 'invalid_param', param: 'files' })
  })

  it('are refused by their ending where other endings of their kind are taken, else by their kind', async () => {
    const named = { enabled: true, allowed_file_types: ['image', 'custom'], allowed_file_extensions: ['.json'] }
    await expect(resolve(named, remote('https://example.com/a.exe', 'custom'))).rejects.toMatchObject({
      refusal: { reason: 'file_ending_refused', values: { ending: '.exe' } },
    })
    await expect(resolve({ enabled: true, allowed_file_types: ['audio'] }, picture)).rejects.toMatchObject({
      refusal: { reason: 'file_kind', values: { type: 'image' } },
    })
  })

  it('reach only models that take their type', async () => {
    const entry = (features: CatalogModel['features']): CatalogModel => ({
      model: 'm',
      label: { en_US: 'M' },
      type: 'llm',
      features,
      parameterRules: [],
    })
    const url = 'https://example.com/a.webp?x=1'
    const files = [{ type: 'image', transfer_method: 'remote_url', url, upload_file_id: null }] as const
    expect(await attachments.toParts('t', files, entry([]), config({}))).toEqual([])
    expect(await attachments.toParts('t', files, entry(['vision']), config({}))).toEqual([
      { type: 'image', detail: 'low', mimeType: 'image/webp', url },
    ])
    expect(await attachments.toParts('t', files, entry(['vision']), config({ image: { detail: 'high' } }))).toMatchObject([
      { detail: 'high' },
    ])
  })
})
