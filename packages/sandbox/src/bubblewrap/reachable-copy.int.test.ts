import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  })
})
