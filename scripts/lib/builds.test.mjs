import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { explainExcess, fingerprint } from './builds.mjs'

let base
function write(path, text) {
  mkdirSync(dirname(join(base, path)), { recursive: true })
  writeFileSync(join(base, path), text)
}
const aManifest = (...names) => JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [`@trellis/${name}`, '*'])) })

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'builds-'))
  write('package-lock.json', '{}')
  write('apps/server/package.json', aManifest('kit'))
  write('apps/server/src/main.ts', 'main()')
  write('packages/kit/package.json', aManifest('contracts'))
  write('packages/kit/src/index.ts', 'kit')
  write('packages/contracts/package.json', aManifest())
  write('packages/contracts/src/index.ts', 'contracts')
  write('packages/other/package.json', aManifest())
  write('packages/other/src/index.ts', 'other')
})
afterEach(() => rmSync(base, { recursive: true }))

describe('fingerprint', () => {
  it.each([
    ['a source of the app', 'apps/server/src/main.ts'],
    ['a new file', 'apps/server/src/new.ts'],
    ['a package that it stands on', 'packages/kit/src/index.ts'],
    ['a package below that one', 'packages/contracts/src/index.ts'],
    ['the lockfile', 'package-lock.json'],
  ])('changes with %s', (_, path) => {
    const before = fingerprint('apps/server', base)
    write(path, 'something of another size')
    expect(fingerprint('apps/server', base)).not.toBe(before)
  })

  it.each([
    ['tests', 'packages/kit/src/index.test.ts'],
    ['what was built', 'apps/server/dist/main.mjs'],
    ['packages that it does not use', 'packages/other/src/index.ts'],
  ])('does not change with %s', (_, path) => {
    const before = fingerprint('apps/server', base)
    write(path, 'something of another size')
    expect(fingerprint('apps/server', base)).toBe(before)
  })
})

describe('explainExcess', () => {
  it('tells what output takes too much', () => {
    write('dist/.trellis-over-budget', 'The Studio takes 300 kB.\n  studio.js\n\nA page takes 200 kB.\n  page.js')
    const output = join(base, 'dist')
    expect(explainExcess(output, { isBrief: false })).toMatch(/over a budget\.\nThe Studio takes 300 kB\.\n {2}studio\.js\nA page/)
    expect(explainExcess(output, { isBrief: true })).toMatch(/over a budget\.\nThe Studio takes 300 kB\.\nA page takes 200 kB\.$/)
  })

  it('has nothing to say of output that takes what it may', () => {
    write('dist/index.html', '<p>')
    expect(explainExcess(join(base, 'dist'), { isBrief: true })).toBeUndefined()
    expect(explainExcess(join(base, 'apps/server'), { isBrief: false })).toBeUndefined()
  })
})
