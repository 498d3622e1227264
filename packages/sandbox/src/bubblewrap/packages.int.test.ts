import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CodeCall, type CodeOutcome, silentLogger } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCodeSandbox, type OpenCodeSandbox } from '../create-code-sandbox.ts'
import { whyNoBubblewrap } from '../testing/local-bubblewrap.ts'
import { findPython } from './find-python.ts'

const reason = await whyNoBubblewrap()

/** A package as an installer leaves it. */
function installPython(
  sitePackages: string,
  name: string,
  { code, requires = [] }: { readonly code: string; readonly requires?: readonly string[] },
) {
  const facts = join(sitePackages, `${name}-1.0.dist-info`)
  mkdirSync(facts)
  writeFileSync(join(sitePackages, `${name}.py`), code)
  writeFileSync(
    join(facts, 'METADATA'),
    `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n${requires.map((each) => `Requires-Dist: ${each}\n`).join('')}`,
  )
  writeFileSync(join(facts, 'RECORD'), `${name}.py,,\n${name}-1.0.dist-info/METADATA,,\n${name}-1.0.dist-info/RECORD,,\n`)
}

describe.skipIf(reason !== undefined)('packages that code may use', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-packages-'))
  const python = join(folder, 'venv', 'bin', 'python3')
  const open: OpenCodeSandbox[] = []
  beforeAll(() => {
    chmodSync(folder, 0o755)
    execFileSync(findPython(), ['-m', 'venv', '--without-pip', join(folder, 'venv')])
    const libraries = join(folder, 'venv', 'lib')
    const sitePackages = join(libraries, readdirSync(libraries)[0] ?? '', 'site-packages')
    installPython(sitePackages, 'greeter', {
      code: 'from words import hello\ndef greet(name): return f"{hello} {name}"',
      requires: ['words (>=1)'],
    })
    installPython(sitePackages, 'words', { code: 'hello = "Hello"' })
    installPython(sitePackages, 'others', { code: '' })
    mkdirSync(join(folder, 'node_modules', 'greeter'), { recursive: true })
    writeFileSync(join(folder, 'node_modules', 'greeter', 'index.js'), 'module.exports = (name) => "Hello " + name')
  })
  afterAll(async () => {
    for (const each of open) await each.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function sandboxWith(options: Partial<Parameters<typeof createCodeSandbox>[0]>): OpenCodeSandbox {
    const sandbox = createCodeSandbox({ concurrency: 2, warmInterpreters: 0, idleMs: 1000, logger: silentLogger, ...options })
    open.push(sandbox)
    return sandbox
  }
  const call = (sandbox: OpenCodeSandbox, language: CodeCall['language'], code: string): Promise<CodeOutcome> =>
    sandbox.call({ language, code, inputsJson: '{}' }, new AbortController().signal)

  it('are the Python ones that are named, with what they require, and no others', async () => {
    const sandbox = sandboxWith({ pythonPath: python, pythonPackages: ['greeter'] })
    expect(await sandbox.listPythonPackages()).toEqual([
      { name: 'greeter', version: '1.0' },
      { name: 'words', version: '1.0' },
    ])
    expect(await call(sandbox, 'python3', 'import greeter\ndef main():\n    return greeter.greet("you")')).toMatchObject({
      ok: true,
      resultJson: '"Hello you"',
    })
    expect(await call(sandbox, 'python3', 'import others\ndef main():\n    return {}')).toMatchObject({
      ok: false,
      error: { kind: 'user-error', message: expect.stringMatching(/No module named 'others'/) },
    })
  })
  it('are told of where one of them is not installed', async () => {
    const sandbox = sandboxWith({ pythonPath: python, pythonPackages: ['greeter', 'nowhere'] })
    const missing = /nowhere of SANDBOX_PYTHON_PACKAGES is not installed/
    await expect(sandbox.listPythonPackages()).rejects.toThrow(missing)
    expect(await call(sandbox, 'python3', 'def main():\n    return {}')).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', message: expect.stringMatching(missing) },
    })
  })
  it('are those of a folder node_modules', async () => {
    const sandbox = sandboxWith({ nodePackagesFolder: join(folder, 'node_modules') })
    expect(await call(sandbox, 'javascript', 'const greet = require("greeter")\nfunction main() { return greet("you") }')).toMatchObject({
      ok: true,
      resultJson: '"Hello you"',
    })
  })
})
