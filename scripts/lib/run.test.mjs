import { getPriority } from 'node:os'
import { expect, it } from 'vitest'
import { runToEnd } from './run.mjs'

/** The exit code of a program, and what it wrote. */
async function run(program, options = {}) {
  let output = ''
  const onOutput = (chunk) => {
    output += chunk
  }
  return { code: await runToEnd(process.execPath, ['-e', program], { ...options, onOutput }), output }
}

it('hands on all that a command writes, and its exit code', async () => {
  const { code, output } = await run("console.log('said'); console.error('warned'); process.exitCode = 3")
  expect(code).toBe(3)
  expect(output.split('\n').filter(Boolean).sort()).toEqual(['said', 'warned'])
})

it.skipIf(process.platform === 'win32')('has a command and what it starts stand back', async () => {
  const grandchild =
    "const { execFileSync } = require('node:child_process'); console.log(String(execFileSync(process.execPath, ['-p', 'os.getPriority()'])))"
  const { output } = await run(grandchild, { niceness: 2 })
  expect(Number(output)).toBe(Math.min(19, getPriority() + 2))
})
