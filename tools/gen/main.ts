// `npm run gen` writes the generated files; `--check` only says which are not true to their sources.
import { dirname } from 'node:path'
import { generators } from './generators.ts'
import { runGenerators } from './run-generators.ts'

const isWriting = !process.argv.includes('--check')
const drifts = await runGenerators(dirname(dirname(import.meta.dirname)), generators, { isWriting })

for (const { output, difference } of drifts) {
  console.log(isWriting ? `wrote ${output}` : `${output} is not what its generator makes; run \`npm run gen\` and commit`)
  if (!isWriting) console.log(difference === '' ? '  the file is missing' : difference.replaceAll(/^/gm, '  '))
}
console.log(`${generators.length} generated files, ${drifts.length} ${isWriting ? 'written' : 'out of date'}`)
if (!isWriting && drifts.length > 0) process.exitCode = 1
