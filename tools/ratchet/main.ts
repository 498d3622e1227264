// `npm run ratchet` compares with baseline.json; `--update` lowers it to what is now. Raising a number is a hand edit that a reviewer sees.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Baseline, compare, lower, toBaseline } from './compare.ts'
import { measureFile, metrics } from './measure.ts'

const root = dirname(dirname(import.meta.dirname))
const baselineFile = join(import.meta.dirname, 'baseline.json')

const findings = listSources().map((path) => measureFile(path, readFileSync(join(root, path), 'utf8')))
const baseline = readBaseline()
const { risen, hasFallen } = compare(baseline, findings)

if (process.argv.includes('--update')) writeFileSync(baselineFile, `${JSON.stringify(lower(baseline, findings), null, 2)}\n`)
for (const { area, metric, allowed, places } of risen) {
  console.log(`${area}: ${places.length} ${metrics[metric]}; ${allowed} allowed`)
  for (const place of places) console.log(`    ${place}`)
}
if (hasFallen && !process.argv.includes('--update')) console.log('Some counts fell: `npm run ratchet:lower` keeps what was won.')
console.log(`${findings.length} files, ${risen.length} counts risen`)
if (risen.length > 0) process.exitCode = 1

/** A baseline that was removed starts anew from what is: a choice that the reviewer of its removal sees. */
function readBaseline(): Baseline {
  if (!existsSync(baselineFile)) return toBaseline(findings)
  // Our own file, checked in and only ever written above.
  return JSON.parse(readFileSync(baselineFile, 'utf8')) as Baseline
}

/** Tracked and new files alike, so that the check says the same before and after a commit. */
function listSources(): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((path) => /^(packages|apps|tools|e2e|bench)\//.test(path) && !isExempt(path) && existsSync(join(root, path)))
}

/** Data and what is generated have their own measure. */
function isExempt(path: string): boolean {
  return /\.gen\.ts$|\.d\.ts$|\/(generated|__fixtures__|canary|locales|catalogs?)\//.test(path)
}
