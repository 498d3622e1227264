import { findProgram } from './host.ts'

/** @throws a sentence that says what to do where there is none */
export function findPython(): string {
  const found = findProgram('python3')
  if (found) return found
  throw new Error('Python is not installed (on Debian and Ubuntu: apt-get install python3), or name it with PYTHON_PATH.')
}
