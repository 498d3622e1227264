import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { listVariables } from './environment.ts'
import { groups } from './kinds.ts'
import { loadConfig } from './load-config.ts'
import { renderConfigurationDocs, renderEnvExample } from './render-documents.ts'

describe('.env.example', () => {
  it('sets nothing as it stands', () => {
    expect(parseEnv(renderEnvExample())).toEqual({})
  })

  it('says the same as the defaults once every # before a name is taken', () => {
    const env = parseEnv(renderEnvExample().replaceAll(/^#(?=[A-Z])/gm, ''))
    expect(Object.keys(env).sort()).toEqual(
      listVariables()
        .map((variable) => variable.name)
        .sort(),
    )
    expect(loadConfig({ env, cwd: '/srv' })).toEqual(loadConfig({ env: {}, cwd: '/srv' }))
  })
})

describe('docs/configuration.md', () => {
  it('has a heading for every group and a row for every variable', () => {
    const text = renderConfigurationDocs()
    for (const title of Object.values(groups)) expect(text).toContain(`\n## ${title}\n`)
    for (const variable of listVariables()) expect(text).toMatch(new RegExp(`^\\| \`${variable.name}\``, 'm'))
  })

  it('keeps every row at four cells', () => {
    const rows = renderConfigurationDocs()
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    for (const row of rows) expect(row.match(/(?<!\\)\|/g), row).toHaveLength(5)
  })
})

describe('every variable', () => {
  it('says what it means in a sentence', () => {
    for (const variable of listVariables()) expect(variable.description, variable.name).toMatch(/^[A-Z].*\.$/s)
  })

  it('belongs to a known group', () => {
    for (const variable of listVariables()) expect(Object.keys(groups), variable.name).toContain(variable.group)
  })
})
