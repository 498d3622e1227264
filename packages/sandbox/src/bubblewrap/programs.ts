import { readFileSync } from 'node:fs'

/** What the interpreters run inside. The build puts their text in place of these calls: the bundle needs no files beside it. */
export const pythonProgram = (): string => readFileSync(new URL('../../programs/python.py', import.meta.url), 'utf8')
export const nodeProgram = (): string => readFileSync(new URL('../../programs/node.cjs', import.meta.url), 'utf8')
export const isolateProgram = (): string => readFileSync(new URL('../../programs/isolate.cjs', import.meta.url), 'utf8')
