import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment } from './read-environment.ts'

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'trellis-config-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

describe('readEnvironment', () => {
  it('lets the process win over the working folder, and that over the data folder', () => {
    mkdirSync(join(cwd, 'data'))
    writeFileSync(join(cwd, '.env'), 'A=working\nB=working\n')
    writeFileSync(join(cwd, 'data/.env'), 'A=data\nB=data\nC="from data" # remark\n')
    const { env, files } = readEnvironment({ processEnv: { A: 'process' }, cwd })
    expect(env).toEqual({ A: 'process', B: 'working', C: 'from data' })
    expect(files).toEqual([join(cwd, '.env'), join(cwd, 'data/.env')])
  })

  it('finds the data folder through the .env of the working folder', () => {
    mkdirSync(join(cwd, 'place'))
    writeFileSync(join(cwd, '.env'), 'TRELLIS_HOME=place\n')
    writeFileSync(join(cwd, 'place/.env'), 'C=here\nTRELLIS_HOME=elsewhere\n')
    expect(readEnvironment({ processEnv: {}, cwd }).env).toEqual({ TRELLIS_HOME: 'place', C: 'here' })
  })

  it('does not let an empty value hide a weaker one', () => {
    writeFileSync(join(cwd, '.env'), 'DB_HOST=db\n')
    expect(readEnvironment({ processEnv: { DB_HOST: '' }, cwd }).env['DB_HOST']).toBe('db')
  })

  it('does without any file', () => {
    expect(readEnvironment({ processEnv: { A: '1' }, cwd })).toEqual({ env: { A: '1' }, files: [] })
  })

  it('says so where a file cannot be read', () => {
    mkdirSync(join(cwd, '.env'))
    expect(() => readEnvironment({ processEnv: {}, cwd })).toThrow(/EISDIR/)
  })
})
