import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createEgress } from '@trellis/kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askExtension } from './ask-extension.ts'
import type { PointName, PointParams } from './points.ts'

const GUIDE = new URL('../../../../../docs/guides/api-extensions.md', import.meta.url)

describe('the extension of the guide', () => {
  const egress = createEgress({ modelEndpointAllowPrivate: true, allowedHosts: ['127.0.0.1'] })
  let folder: string
  let extension: ChildProcess
  let endpoint: string

  beforeAll(async () => {
    const code = /```js\n(.+?)```/s.exec(await readFile(GUIDE, 'utf8'))?.[1] ?? ''
    folder = await mkdtemp(join(tmpdir(), 'trellis-extension-'))
    await writeFile(join(folder, 'extension.mjs'), code)
    const child = spawn(process.execPath, ['extension.mjs'], {
      cwd: folder,
      env: { EXTENSION_KEY: 'a-long-secret', PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    extension = child
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    endpoint = `http://127.0.0.1:${String(line).split(' ').at(-1)}`
  })
  afterAll(async () => {
    extension.kill()
    await egress.close()
    await rm(folder, { recursive: true })
  })

  const ask = <Name extends PointName>(point: Name, params: PointParams[Name], apiKey = 'a-long-secret') =>
    askExtension(egress, { access: { endpoint, apiKey }, point, params, signal: new AbortController().signal })

  it('answers each point as it should', async () => {
    expect(await ask('ping', {})).toEqual({ result: 'pong' })
    const asked = { app_id: 'a', inputs: { zone: 'Asia/Shanghai' }, query: 'How late is it?' }
    expect(await ask('externalData', { ...asked, tool_variable: 'time' })).toEqual({ result: expect.stringMatching(/^\d\d:\d\d:\d\d$/) })
    expect(await ask('moderateInput', asked)).toMatchObject({ flagged: false })
    expect(await ask('moderateInput', { ...asked, query: 'Rhubarb?' })).toMatchObject({
      flagged: true,
      action: 'direct_output',
      preset_response: 'Let us talk of something else.',
    })
    expect(await ask('moderateOutput', { app_id: 'a', text: 'No rhubarb' })).toMatchObject({ flagged: true, text: 'No *******' })
  })

  it('takes its own key only', async () => {
    await expect(ask('ping', {}, 'another')).rejects.toThrow('it answered 401 instead of 200')
  })
})
