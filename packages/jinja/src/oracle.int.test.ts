import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const oracle = join(import.meta.dirname, '../../../e2e/oracle')
const python = ['/usr/bin/python3', '/usr/local/bin/python3'].find((path) => existsSync(path))

describe('the fixtures', () => {
  it.skipIf(!python).each(['values', 'jinja'])('of %s are what Python answers, where it is the one that was asked', (name) => {
    const told = execFileSync(python ?? '', [join(oracle, name, 'generate.py'), '--check'], { encoding: 'utf8' })
    expect(told).toMatch(/^skipped: |: as /)
  })
})
