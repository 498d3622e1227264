import { createReadStream } from 'node:fs'
import { readFile, realpath, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@trellis/contracts'
import { makeFolder } from '@trellis/kit'
import type { Clock, Storage } from '@trellis/spec'
import { assertRange, assertStorageKey, assertStoragePrefix, unsatisfiableRange } from '../storage-key.ts'
import { toStorageError, toWriteError } from './local-error.ts'
import { isCode, prepareInside, removeAbandoned, resolveInside, TEMPORARY_FOLDER, walk, writeAtomically } from './local-files.ts'

export interface LocalStorageDependencies {
  /** The data folder; made where it is missing. */
  readonly folder: string
  readonly clock: Clock
}

/** Files in a folder: a key is its relative path. Nothing outside the folder is read or written, whatever the key or a link says. */
export function createLocalStorage({ folder, clock }: LocalStorageDependencies): Storage {
  let opened: Promise<string> | undefined

  /** The real path of the folder, ready for use. */
  function root(): Promise<string> {
    opened ??= open().catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
  async function open(): Promise<string> {
    makeFolder(join(folder, TEMPORARY_FOLDER))
    const path = await realpath(folder)
    await removeAbandoned(path, clock.now())
    return path
  }
  async function find(key: string): Promise<string> {
    assertLocalKey(key)
    return resolveInside(await root(), key)
  }

  return {
    async write(key, content) {
      assertLocalKey(key)
      await translating(toWriteError, async () => {
        const path = await root()
        await writeAtomically(path, await prepareInside(path, key), content)
      })
    },
    read: (key) => translating(toStorageError, async () => readFile(await find(key))),
    readStream: (key, range) => streamFile(() => find(key), range),
    async size(key) {
      try {
        const found = await stat(await find(key))
        return found.isFile() ? found.size : undefined
      } catch (error) {
        if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined
        throw toStorageError(error)
      }
    },
    async delete(key) {
      try {
        assertLocalKey(key)
        // The parent is resolved, not the file: a link is deleted, never what it leads to.
        const slash = key.lastIndexOf('/')
        const path = await root()
        const parent = slash < 0 ? path : await resolveInside(path, key.slice(0, slash))
        await rm(join(parent, key.slice(slash + 1)), { force: true })
      } catch (error) {
        if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR') || isCode(error, 'ERR_FS_EISDIR')) return
        throw toStorageError(error)
      }
    },
    async *list(prefix) {
      assertStoragePrefix(prefix)
      yield* walk(await root(), prefix)
    },
    async check() {
      try {
        const path = await root()
        await writeAtomically(path, join(path, TEMPORARY_FOLDER, 'check'), new Uint8Array([1]))
        await rm(join(path, TEMPORARY_FOLDER, 'check'), { force: true })
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        throw new AppError('dependency_unavailable', { message: `The storage folder ${folder} cannot be written: ${reason}`, cause: error })
      }
    },
    close: async () => undefined,
  }
}

function assertLocalKey(key: string): void {
  assertStorageKey(key)
  if (key === TEMPORARY_FOLDER || key.startsWith(`${TEMPORARY_FOLDER}/`)) {
    throw new AppError('invalid_param', { param: 'key', message: `Storage keys may not begin with "${TEMPORARY_FOLDER}/".` })
  }
}

async function* streamFile(
  find: () => Promise<string>,
  range: { readonly start: number; readonly end: number } | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    if (range) assertRange(range)
    const path = await find()
    const { size } = await stat(path)
    if (range && range.start >= size) throw unsatisfiableRange(range)
    yield* createReadStream(path, range)
  } catch (error) {
    throw toStorageError(error)
  }
}

async function translating<T>(translate: (error: unknown) => unknown, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw translate(error)
  }
}
