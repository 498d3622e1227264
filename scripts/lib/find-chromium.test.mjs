import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findChromium, needChromium } from './find-chromium.mjs'
import { Failure } from './report.mjs'

let folder
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromium-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})

function naming(script, mode = 0o755) {
  const path = join(folder, 'chromium')
  if (script !== undefined) writeFileSync(path, `#!/bin/sh\n${script}\n`)
  if (script !== undefined) chmodSync(path, mode)
  vi.stubEnv('CHROMIUM_PATH', path)
  return path
}

function refusal(ask = findChromium) {
  try {
    ask()
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    return error.message
  }
  return undefined
}

describe.skipIf(process.platform === 'win32')('the Chromium that is named', () => {
  it('is taken where it starts', () => {
    const path = naming('exit 0')
    expect(findChromium()).toBe(path)
  })

  it('is refused with what is wrong, the setting, and what to install', () => {
    const path = naming(undefined)
    expect(refusal()).toBe(
      `CHROMIUM_PATH names ${path}, which is not there. Install one (Debian: \`apt-get install chromium-headless-shell\`, or \`chromium\`), or have CHROMIUM_PATH name the program of one that is there.`,
    )
    naming('echo "error while loading shared libraries: libnss3.so" >&2; exit 127')
    expect(refusal()).toContain('which does not start: error while loading shared libraries: libnss3.so')
  })

  it('is missed by those who can do nothing without', () => {
    vi.stubEnv('CHROMIUM_PATH', '')
    vi.stubEnv('PATH', folder)
    if (findChromium() === undefined) expect(refusal(needChromium)).toContain('There is no Chromium on this machine. Install one')
  })
})
