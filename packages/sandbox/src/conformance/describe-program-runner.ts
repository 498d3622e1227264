import type { ProgramOutcome, ProgramRequest, ProgramRunner } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

export interface RunnerSubject {
  readonly create: () => Promise<{ readonly runner: ProgramRunner; readonly close: () => Promise<void> }>
  readonly mechanism: string
}

/** What everything that runs whole programs owes its callers. */
export function describeProgramRunner(name: string, { create, mechanism }: RunnerSubject): void {
  describe(`program runner: ${name}`, () => {
    let runner: ProgramRunner
    let close: () => Promise<void>
    beforeAll(async () => {
      const created = await create()
      runner = created.runner
      close = created.close
    })
    afterAll(() => close())
    const run = (language: ProgramRequest['language'], code: string, more: Partial<ProgramRequest> = {}): Promise<ProgramOutcome> =>
      runner.run({ language, code, ...more }, new AbortController().signal)

    it('gives what a program prints', async () => {
      expect(await run('python3', 'print("grüße")\nprint(2)')).toMatchObject({ stdout: 'grüße\n2\n', failure: undefined, mechanism })
      expect(await run('nodejs', 'console.log("grüße"); setTimeout(() => console.log(2), 5)')).toMatchObject({
        stdout: 'grüße\n2\n',
        failure: undefined,
        mechanism,
      })
    })
    it('gives all that was printed before an error, and the error', async () => {
      const python = await run('python3', 'print(1)\nraise ValueError("no good")')
      expect(python).toMatchObject({
        stdout: '1\n',
        stderr: expect.stringContaining('ValueError: no good'),
        failure: { kind: 'user-error' },
      })
      const node = await run('nodejs', 'console.log(1); throw new Error("no good")')
      expect(node).toMatchObject({ stdout: '1\n', stderr: expect.stringContaining('no good'), failure: { kind: 'user-error' } })
    })
    it('gives a program nothing to read', async () => {
      expect((await run('python3', 'import sys\nprint(repr(sys.stdin.read()))')).stdout).toBe("''\n")
    })
    it('lets node programs require what node has', async () => {
      const code =
        'const { createHash } = require("crypto"); console.log(createHash("md5").update("x").digest("hex"), Buffer.from("a").toString("hex"), new URL("http://a/b").pathname)'
      expect((await run('nodejs', code)).stdout).toBe('9dd4e461268c8034f5c8564e155c67a6 61 /b\n')
    })
  })
}
