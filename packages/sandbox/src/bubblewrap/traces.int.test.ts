import { readdirSync, readFileSync } from 'node:fs'
import type { CodeOutcome } from '@trellis/spec'
import { afterAll, describe, expect, it } from 'vitest'
import { openLocalBubblewrap, whyNoBubblewrap } from '../testing/local-bubblewrap.ts'

const reason = await whyNoBubblewrap()

describe.skipIf(reason !== undefined)('what a call leaves behind', () => {
  const sandbox = openLocalBubblewrap()
  afterAll(() => sandbox.close())
  const call = (code: string, inputs: object = {}): Promise<CodeOutcome> =>
    sandbox.call({ language: 'python3', code, inputsJson: JSON.stringify(inputs) }, new AbortController().signal)

  it('is no process, however it hides', async () => {
    const mark = `left-behind-${process.pid}`
    const hide = `
import os, signal
def main(mark):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            os.execv(os.readlink("/proc/self/exe"), [mark, "-I", "-c", "import time; time.sleep(60)"])
        os._exit(0)
    os.wait()
    return {}`
    expect(await call(hide, { mark })).toMatchObject({ ok: true })
    await expect.poll(() => processesNamed(mark)).toEqual([])
  })

  it('is no file that the next one sees', async () => {
    const write = 'def main():\n    open("/tmp/note", "w").write("mine")\n    return {}'
    expect(await call(write)).toMatchObject({ ok: true })
    expect(await call('import os\ndef main():\n    return os.listdir("/tmp")')).toMatchObject({ ok: true, resultJson: '[]' })
  })

  it('is no change in the interpreter of the next one', async () => {
    expect(await call('import builtins\nbuiltins.left = 1\ndef main():\n    return {}')).toMatchObject({ ok: true })
    expect(await call('import builtins\ndef main():\n    return hasattr(builtins, "left")')).toMatchObject({
      ok: true,
      resultJson: 'false',
    })
  })

  it('is nothing at all once the sandbox is closed, calls under way included', async () => {
    const closing = openLocalBubblewrap()
    const mark = `closed-${process.pid}`
    const code = `import os\ndef main(mark):\n    os.execv(os.readlink("/proc/self/exe"), [mark, "-I", "-c", "import time; time.sleep(60)"])`
    const under = closing.call({ language: 'python3', code, inputsJson: JSON.stringify({ mark }) }, new AbortController().signal)
    await expect.poll(() => processesNamed(mark).length).toBe(1)
    await closing.close()
    expect(await under).toMatchObject({ ok: false, error: { kind: 'unavailable', message: expect.stringMatching(/shut down/) } })
    await expect.poll(() => processesNamed(mark)).toEqual([])
  })
})

function processesNamed(mark: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').startsWith(mark)
    } catch {
      // It ended meanwhile.
      return false
    }
  })
}
