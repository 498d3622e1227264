import { createServer, type Server } from 'node:http'
import { createEgressGuard } from '@trellis/kit'
import type { CodeOutcome } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bubblewrap } from '../bubblewrap/create-bubblewrap.ts'
import { openLocalBubblewrap, whyNoBubblewrap } from '../testing/local-bubblewrap.ts'

const reason = await whyNoBubblewrap()

const python = `
import urllib.request
def main(url):
    try:
        return urllib.request.urlopen(url, timeout=5).read().decode()
    except urllib.error.HTTPError as error:
        return error.code`
const javascript =
  'async function main({ url }) { const response = await fetch(url); return response.ok ? await response.text() : response.status }'
const pythonSocket = `
import socket
def main(url):
    port = int(url.rsplit(":", 1)[1].strip("/"))
    try:
        socket.create_connection(("127.0.0.1", port), 2)
        return "connected"
    except OSError as error:
        return type(error).__name__`

describe.skipIf(reason !== undefined)('code with a network', () => {
  let origin: Server
  let url: string
  let visits = 0
  const open: (Bubblewrap & { readonly close: () => Promise<void> })[] = []
  beforeAll(async () => {
    origin = createServer((_, response) => {
      visits += 1
      response.end('from afar')
    })
    await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve))
    const address = origin.address()
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  })
  afterAll(async () => {
    origin.close()
    for (const each of open) await each.close()
  })

  function sandboxThatMayReach(allowedHosts: readonly string[]): Bubblewrap {
    const opened = openLocalBubblewrap({ network: { guard: createEgressGuard({ modelEndpointAllowPrivate: false, allowedHosts }) } })
    open.push(opened)
    return opened
  }
  const call = (sandbox: Bubblewrap, language: 'python3' | 'javascript', code: string, enableNetwork = true): Promise<CodeOutcome> =>
    sandbox.call({ language, code, inputsJson: JSON.stringify({ url }), enableNetwork }, new AbortController().signal)

  it('reaches what the policy lets through, by the proxy that its environment names', async () => {
    const sandbox = sandboxThatMayReach(['127.0.0.1'])
    expect(await call(sandbox, 'python3', python)).toMatchObject({ ok: true, resultJson: '"from afar"' })
    expect(await call(sandbox, 'javascript', javascript)).toMatchObject({ ok: true, resultJson: '"from afar"' })
  })
  it('reaches nothing that the policy refuses, nor anything past the proxy, nor without having asked', async () => {
    const before = visits
    const strict = sandboxThatMayReach([])
    expect(await call(strict, 'python3', python)).toMatchObject({ ok: true, resultJson: '403' })
    expect(await call(strict, 'javascript', javascript)).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/fetch failed/) },
    })
    const open = sandboxThatMayReach(['127.0.0.1'])
    expect(await call(open, 'python3', pythonSocket)).toMatchObject({ ok: true, resultJson: '"ConnectionRefusedError"' })
    expect(await call(open, 'python3', pythonSocket, false)).toMatchObject({ ok: true, resultJson: '"PermissionError"' })
    expect(visits).toBe(before)
  })
})
