// `npm run docs`: what README, CONTRIBUTING and docs name is there.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkDocument } from './check-document.ts'

const root = dirname(dirname(import.meta.dirname))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
// npm itself has read this file before us.
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const around = { exists: (path: string) => existsSync(join(root, path)), read, scripts: new Set(Object.keys(scripts)) }

/** Tracked and new files alike, so that the check says the same before and after a commit. */
const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && around.exists(path) && !path.includes('/canary/'))

const faults = documents.flatMap((path) =>
  checkDocument(path, around, { isRecord: path.startsWith('docs/decisions/') }).map((fault) => `${path} ${fault}`),
)
for (const fault of faults) console.log(fault)
console.log(`${documents.length} documents, ${faults.length} faults`)
if (faults.length > 0) process.exitCode = 1
