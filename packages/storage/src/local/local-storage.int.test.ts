import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toArray } from '../conformance/collect.ts'
import { describeStorage } from '../conformance/describe-storage.ts'
import { createLocalStorage } from './create-local-storage.ts'

const aFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'trellis-storage-'))

describeStorage('data folder', async () => {
  const folder = await aFolder()
  return {
    storage: createLocalStorage({ folder: join(folder, 'made', 'on demand'), clock: systemClock }),
    close: () => rm(folder, { recursive: true }),
  }
})

describe('data folder', () => {
  let base: string
  beforeAll(async () => {
    base = await aFolder()
  })
  afterAll(() => rm(base, { recursive: true }))

  async function aStorageBesideASecret(name: string) {
    const folder = join(base, name, 'data')
    await mkdir(join(base, name, 'outside'), { recursive: true })
    await writeFile(join(base, name, 'outside', 'secret'), 'secret')
    const storage = createLocalStorage({ folder, clock: systemClock })
    await storage.check()
    return { storage, folder, outside: join(base, name, 'outside') }
  }

  it('follows no link out of the folder', async () => {
    const { storage, folder, outside } = await aStorageBesideASecret('links')
    await symlink(outside, join(folder, 'door'))
    await symlink(join(outside, 'secret'), join(folder, 'window'))
    for (const key of ['door/secret', 'window']) {
      await expect(storage.read(key)).rejects.toMatchObject({ code: 'invalid_param' })
      await expect(storage.size(key)).rejects.toMatchObject({ code: 'invalid_param' })
    }
    await expect(storage.write('door/planted', new Uint8Array(1))).rejects.toMatchObject({ code: 'invalid_param' })
    await expect(storage.write('door/deep/planted', new Uint8Array(1))).rejects.toMatchObject({ code: 'invalid_param' })
    await expect(storage.delete('door/secret')).rejects.toMatchObject({ code: 'invalid_param' })
    expect(await toArray(storage.list(''))).toEqual([])
    expect(await readdir(outside)).toEqual(['secret'])
  })

  it('replaces or deletes a link itself, never what it leads to', async () => {
    const { storage, folder, outside } = await aStorageBesideASecret('replaced')
    await symlink(join(outside, 'secret'), join(folder, 'a'))
    await symlink(join(outside, 'secret'), join(folder, 'b'))
    await storage.write('a', new TextEncoder().encode('mine'))
    await storage.delete('b')
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret')
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('mine')
  })

  it('removes what a killed process left unfinished long ago', async () => {
    const { folder } = await aStorageBesideASecret('abandoned')
    const [old, recent] = [join(folder, '.tmp', 'old'), join(folder, '.tmp', 'recent')]
    await writeFile(old, 'x')
    await writeFile(recent, 'x')
    await utimes(old, 1, 1)
    await createLocalStorage({ folder, clock: systemClock }).check()
    expect(await readdir(join(folder, '.tmp'))).toEqual(['recent'])
  })

  it('says which key is in the way', async () => {
    const { storage } = await aStorageBesideASecret('collision')
    await storage.write('a/b', new Uint8Array(1))
    await expect(storage.write('a', new Uint8Array(1))).rejects.toMatchObject({ code: 'invalid_param' })
    await expect(storage.write('a/b/c', new Uint8Array(1))).rejects.toMatchObject({ code: 'invalid_param' })
    await expect(storage.write(`a/${'x'.repeat(300)}`, new Uint8Array(1))).rejects.toMatchObject({ code: 'invalid_param' })
    await expect(storage.write('.tmp/x', new Uint8Array(1))).rejects.toMatchObject({ code: 'invalid_param' })
    await expect(storage.read('a')).rejects.toMatchObject({ code: 'file_not_found' })
  })

  it('says why it cannot be written', async () => {
    const file = join(base, 'a file')
    await writeFile(file, 'x')
    await expect(createLocalStorage({ folder: join(file, 'below'), clock: systemClock }).check()).rejects.toThrow(
      /cannot be written: ENOTDIR/,
    )
  })
})
