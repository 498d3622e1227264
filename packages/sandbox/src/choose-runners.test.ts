import { type CodeCall, type CodeOutcome, type ProgramOutcome, silentLogger } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import type { Bubblewrap } from './bubblewrap/create-bubblewrap.ts'
import { chooseRunners } from './choose-runners.ts'
import type { Isolate } from './isolate/create-isolate.ts'

const { signal } = new AbortController()
const plain: CodeCall = { language: 'javascript', code: 'plain', inputsJson: '{}' }
const foreign: CodeCall = { language: 'javascript', code: 'foreign', inputsJson: '{}' }
const python: CodeCall = { language: 'python3', code: 'plain', inputsJson: '{}' }

const ok = (mechanism: string): CodeOutcome => ({ ok: true, resultJson: '{}', stdout: '', mechanism })

/** Runners that only tell their name, on a machine that has what is given. */
function sandboxOn({ hasBubblewrap, hasIsolates }: { readonly hasBubblewrap: boolean; readonly hasIsolates: boolean }) {
  const program: ProgramOutcome = { stdout: '', stderr: '', exitCode: 0, failure: undefined, mechanism: 'bubblewrap' }
  const bubblewrap: Bubblewrap = {
    call: async () => ok('bubblewrap'),
    run: async () => program,
    check: async () => {
      if (!hasBubblewrap) throw new Error('bubblewrap is not installed. Install it.')
    },
  }
  const isolate: Isolate = {
    takes: async ({ language, code }) => language === 'javascript' && code === 'plain',
    call: async () => ok('isolate'),
    check: async () => {
      if (!hasIsolates) throw new Error('isolated-vm is not installed.')
    },
    close: async () => undefined,
  }
  return chooseRunners({ bubblewrap, isolate, isolateHost: () => 'a process', logger: silentLogger })
}

describe('the runner that is chosen', () => {
  it('is the fast path for plain JavaScript, the reference for all else', async () => {
    const sandbox = sandboxOn({ hasBubblewrap: true, hasIsolates: true })
    expect((await sandbox.call(plain, signal)).mechanism).toBe('isolate')
    expect((await sandbox.call(foreign, signal)).mechanism).toBe('bubblewrap')
    expect((await sandbox.call(python, signal)).mechanism).toBe('bubblewrap')
  })

  it('is the reference where isolates cannot be had', async () => {
    expect((await sandboxOn({ hasBubblewrap: true, hasIsolates: false }).call(plain, signal)).mechanism).toBe('bubblewrap')
  })

  it('refuses with the reason and the remedy where nothing isolates, but for what isolates do', async () => {
    const sandbox = sandboxOn({ hasBubblewrap: false, hasIsolates: true })
    const refusal = { ok: false, error: { kind: 'unavailable', message: 'bubblewrap is not installed. Install it.' }, mechanism: 'none' }
    expect((await sandbox.call(plain, signal)).mechanism).toBe('isolate')
    expect(await sandbox.call(foreign, signal)).toEqual(refusal)
    expect(await sandbox.call(python, signal)).toEqual(refusal)
    expect(await sandbox.run({ language: 'nodejs', code: '' }, signal)).toMatchObject({ failure: refusal.error, mechanism: 'none' })
  })

  it('is told, language by language', async () => {
    const named = async (machine: Parameters<typeof sandboxOn>[0]) =>
      (await sandboxOn(machine).mechanisms()).map(({ language, name }) => `${language} ${name}`)
    expect(await named({ hasBubblewrap: true, hasIsolates: true })).toEqual([
      'python3 bubblewrap',
      'javascript bubblewrap',
      'javascript isolate',
    ])
    expect(await named({ hasBubblewrap: false, hasIsolates: false })).toEqual(['python3 none', 'javascript none'])
  })
})
