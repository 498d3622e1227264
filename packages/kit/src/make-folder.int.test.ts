import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

describe('makeFolder', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'trellis-make-folder-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('makes what is missing and leaves what is there', () => {
    const folder = join(root, 'a', 'b', 'c')
    makeFolder(folder, 0o700)
    makeFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o700)
  })

  it('fails where a file is in the way', () => {
    const file = join(root, 'file')
    writeFileSync(file, '')
    expect(() => makeFolder(file)).toThrow('EEXIST')
    expect(() => makeFolder(join(file, 'below'))).toThrow('ENOTDIR')
  })

  it.runIf(process.platform === 'linux')('fails at once where the system lets nothing be made', () => {
    expect(() => makeFolder('/proc/trellis/data')).toThrow('ENOENT')
  })
})
