import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reachablePackages } from './reachable-copy.ts'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'trellis-home-'))
  for (const [name, content] of [
    ['asks', "module.exports = require('answers')"],
    ['answers', "module.exports = 'answered'"],
  ] as const) {
    mkdirSync(join(home, 'node_modules', name), { recursive: true })
    writeFileSync(join(home, 'node_modules', name, 'index.js'), content)
  }
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

const copyOf = (path: string | undefined): string => dirname(dirname(path ?? ''))
const paths = (): string[] => ['asks', 'answers'].map((name) => join(home, 'node_modules', name))

describe('packages for another user', () => {
  it('are taken from where they lie, if everybody may go there', () => {
    chmodSync(home, 0o755)
    expect(reachablePackages(paths())).toEqual(paths())
  })

  it('are copied from a private home so that they still find each other', () => {
    chmodSync(home, 0o700)
    const [asks] = reachablePackages(paths())
    expect(asks).not.toContain(home)
    expect(execFileSync(process.execPath, ['-p', `require(${JSON.stringify(asks)})`], { encoding: 'utf8' })).toBe('answered\n')
    rmSync(copyOf(asks), { recursive: true, force: true })
  })

  it('are copied once for every process and start, and anew when they change', () => {
    chmodSync(home, 0o700)
    const [first] = reachablePackages(paths())
    expect(reachablePackages(paths())[0]).toBe(first)
    const program = join(home, 'node_modules', 'asks')
    utimesSync(program, 1, 1)
    const [changed] = reachablePackages(paths())
    expect(changed).not.toBe(first)
    for (const copy of [first, changed]) rmSync(copyOf(copy), { recursive: true, force: true })
  })

  it('are not taken from a folder that others could write to', () => {
    chmodSync(home, 0o700)
    const [first] = reachablePackages(paths())
    chmodSync(copyOf(first), 0o777)
    const [other] = reachablePackages(paths())
    expect(other).not.toBe(first)
    for (const copy of [first, other]) rmSync(copyOf(copy), { recursive: true, force: true })
  })
})
