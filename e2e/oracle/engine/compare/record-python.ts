import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import type { CodeService } from '../../../../packages/spec/src/index.ts'
import { dumpJson } from '../../../../packages/values/src/index.ts'
import type { RecordedCase } from '../recorded-cases.ts'
import { nameOfTask, type ProgramAnswer, PYTHON_ANSWERS_FILE, recordedPrograms, toOutcome } from './programs.ts'
import { runWithTrellis } from './run-with-trellis.ts'

const PROGRAM = `import json, sys
task = json.load(sys.stdin)
space = {}
try:
    exec(task["code"], space)
    answer = {"result": json.dumps(space["main"](**task["inputs"]))}
except Exception as error:
    answer = {"error": f"{type(error).__name__}: {error}"}
print(json.dumps(answer))
`

/** Runs the cases once with the Python at hand, and keeps what it made of each program that our engine asked for. */
export async function recordPython(python: string, recorded: readonly RecordedCase[]): Promise<number> {
  const answers = new Map<string, ProgramAnswer>()
  const code: CodeService = {
    async call(task, signal) {
      if (task.language === 'javascript') return recordedPrograms({}).call(task, signal)
      const name = nameOfTask(task)
      const answer = answers.get(name) ?? runPython(python, task)
      answers.set(name, answer)
      return toOutcome(answer)
    },
  }
  for (const one of recorded) await runWithTrellis(one.case, code)
  const sorted = Object.fromEntries([...answers].sort(([one], [other]) => (one < other ? -1 : 1)))
  await writeFile(PYTHON_ANSWERS_FILE, `${JSON.stringify(sorted, null, 2)}\n`)
  return answers.size
}

function runPython(python: string, { code, inputs }: Parameters<CodeService['call']>[0]): ProgramAnswer {
  const child = spawnSync(python, ['-I', '-S', '-c', PROGRAM], { input: dumpJson({ code, inputs }) })
  if (child.status !== 0) throw new Error(`${python} ended with ${child.status}: ${child.stderr}`)
  // Printed by the program above.
  return JSON.parse(child.stdout.toString()) as ProgramAnswer
}
