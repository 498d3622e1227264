// `npm run sdk`: the official clients against the built server. Ends with `N passed, N failed, N skipped`.
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'

const files = ['node.test.ts', 'node-workflows.test.ts', 'node-annotations.test.ts', 'python.test.ts'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
)
const counts = { passed: 0, failed: 0, skipped: 0 }

const events = run({ files })
// A suite, and a file whose process failed, come as tests too: those that hold others are no checks of their own.
const isCheck = ({ details }: { readonly details: { readonly type?: string | undefined } }): boolean => details.type !== 'suite'
events.on('test:pass', (test) => {
  if (isCheck(test)) counts[test.skip === undefined ? 'passed' : 'skipped'] += 1
})
events.on('test:fail', (test) => {
  if (isCheck(test)) counts.failed += 1
})
events.once('end', () => {
  process.on('exit', () => console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`))
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
})
events.compose(spec()).pipe(process.stdout)
