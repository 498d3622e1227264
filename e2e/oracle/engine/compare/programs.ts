import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import type { CodeService } from '../../../../packages/spec/src/index.ts'
import { dumpJson } from '../../../../packages/values/src/index.ts'

type Task = Parameters<CodeService['call']>[0]

/** What a program made of its inputs: JSON as Python prints it, or the last line of the error. */
export type ProgramAnswer = { readonly result: string } | { readonly error: string }
export type ProgramAnswers = Readonly<Record<string, ProgramAnswer>>

export const PYTHON_ANSWERS_FILE = fileURLToPath(new URL('./python-answers.json', import.meta.url))

/** A program and its inputs in one name. */
export const nameOfTask = ({ code, inputs }: Task): string =>
  createHash('sha256')
    .update(`${code}\0${dumpJson(inputs)}`)
    .digest('base64url')
    .slice(0, 22)

// Written by record-python.ts beside this file.
export const readPythonAnswers = (): ProgramAnswers => JSON.parse(readFileSync(PYTHON_ANSWERS_FILE, 'utf8')) as ProgramAnswers

/** Runs the cases' own programs: JavaScript here, Python from what it answered when the cases were recorded. */
export function recordedPrograms(answers: ProgramAnswers): CodeService {
  return {
    async call(task) {
      const answer = task.language === 'javascript' ? runJavaScript(task) : answers[nameOfTask(task)]
      if (!answer) throw new Error(`Python was never asked to run this with ${dumpJson(task.inputs)}: npm run oracle -- record`)
      return toOutcome(answer)
    },
  }
}

export const toOutcome = (answer: ProgramAnswer): Awaited<ReturnType<CodeService['call']>> =>
  'result' in answer
    ? { ok: true, resultJson: answer.result, mechanism: 'recorded' }
    : { ok: false, error: answer.error, errorType: 'CodeExecutionError', mechanism: 'recorded' }

function runJavaScript({ code, inputs }: Task): ProgramAnswer {
  try {
    return { result: String(runInNewContext(`${code}\nJSON.stringify(main(${dumpJson(inputs)}))`)) }
  } catch (error) {
    return { error: String(error) }
  }
}
