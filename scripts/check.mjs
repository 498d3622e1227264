// `npm run check`: everything that can be known without running the product. Words after it choose checks: `npm run check -- types lint`.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { ensureOwnDependencies, prepare, root } from './bootstrap.mjs'
import { runMain } from './lib/report.mjs'

const bin = (path) => [process.execPath, join(root, 'node_modules', path)]
const tool = (name, ...parameters) => [process.execPath, join(root, 'tools', name, 'main.ts'), ...parameters]

/** Slowest first, so that the last to end is not the longest. */
const checks = [
  { name: 'dead-code', tells: 'what nobody uses', command: [...bin('knip/bin/knip.js'), '--no-progress'] },
  {
    name: 'lint',
    tells: 'format and lint',
    command: [...bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '--max-diagnostics=50'],
  },
  { name: 'boundaries', tells: 'import direction', command: tool('boundaries') },
  { name: 'types', tells: 'types', command: [...bin('typescript-native/bin/tsc'), '-p', 'tsconfig.json'] },
  { name: 'types-e2e', tells: 'types of e2e/', command: [...bin('typescript-native/bin/tsc'), '-p', 'e2e/tsconfig.json'], needs: 'e2e' },
  { name: 'generated', tells: 'generated files', command: tool('gen', '--check') },
  { name: 'ratchet', tells: 'counts that may only fall', command: tool('ratchet') },
  { name: 'workspaces', tells: 'declared dependencies', command: tool('workspaces') },
  { name: 'docs', tells: 'what documents name', command: tool('docs-check') },
]

await runMain(async () => {
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !checks.some((check) => check.name === name))
  if (unknown.length > 0) {
    console.error(`There is no check named ${unknown.join(', ')}. There are: ${checks.map(({ name }) => name).join(', ')}.`)
    process.exit(2)
  }
  const queue = checks.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  if (queue.some(({ needs }) => needs === 'e2e')) await ensureOwnDependencies('e2e', await prepare())
  const since = performance.now()
  const failed = []
  const work = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) if (!(await runCheck(check))) failed.push(check.name)
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))
  if (failed.length > 0)
    console.log(`\nFailed: ${failed.join(', ')}. Alone again: npm run ${failed[0]}. Format and simple lint: npm run fix.`)
  else console.log(`\nAll checks passed in ${seconds(since)}.`)
  process.exit(failed.length > 0 ? 1 : 0)
})

async function runCheck({ name, tells, command: [executable, ...parameters] }) {
  const since = performance.now()
  const child = spawn(executable, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk) => {
    output += chunk
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const isPassed = code === 0
  console.log(`${isPassed ? 'ok  ' : 'FAIL'} ${name.padEnd(11)} ${seconds(since).padStart(6)}  ${tells}`)
  if (!isPassed) console.log(output.trimEnd().replaceAll(/^/gm, '     '))
  return isPassed
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
