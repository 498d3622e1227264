import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeDifference } from './describe-difference.ts'
import { runGenerators } from './run-generators.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gen-'))
})
afterEach(() => rm(root, { recursive: true }))

const aGenerator = (text: string) => ({ output: 'docs/made.md', generate: () => text })

describe('runGenerators', () => {
  it('writes what is missing, and then finds nothing to do', async () => {
    const first = await runGenerators(root, [aGenerator('one\n')], { isWriting: true })
    expect(first.map(({ output }) => output)).toEqual(['docs/made.md'])
    expect(await readFile(join(root, 'docs/made.md'), 'utf8')).toBe('one\n')
    expect(await runGenerators(root, [aGenerator('one\n')], { isWriting: false })).toEqual([])
  })

  it('tells what differs without touching it when it only checks', async () => {
    await runGenerators(root, [aGenerator('one\ntwo\nthree\n')], { isWriting: true })
    await writeFile(join(root, 'docs/made.md'), 'one\nby hand\nthree\n')
    const drifts = await runGenerators(root, [aGenerator('one\ntwo\nthree\n')], { isWriting: false })
    expect(drifts).toEqual([{ output: 'docs/made.md', difference: '2 - by hand\n2 + two' }])
    expect(await readFile(join(root, 'docs/made.md'), 'utf8')).toContain('by hand')
  })

  it('refuses two generators of one file', async () => {
    await expect(runGenerators(root, [aGenerator('a'), aGenerator('b')], { isWriting: true })).rejects.toThrow(
      'Two generators write docs/made.md',
    )
  })
})

describe('describeDifference', () => {
  it('shows added lines only, where lines were only added', () => {
    expect(describeDifference('a\nc\n', 'a\nb\nc\n')).toBe('2 + b')
  })

  it('is short even where everything differs', () => {
    const difference = describeDifference('x\n'.repeat(500), 'y\n'.repeat(500))
    expect(difference.split('\n')).toHaveLength(42)
    expect(difference).toContain('and 480 more lines')
  })
})
