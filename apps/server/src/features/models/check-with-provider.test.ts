import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createEgress } from '@trellis/kit'
import { findProvider } from '@trellis/models'
import type { ProviderDefinition } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { createCheckWithProvider } from './check-with-provider.ts'

function getDefinition(id: string): ProviderDefinition {
  const provider = findProvider(id)
  if (!provider) throw new TypeError(`there is no provider ${id}`)
  return provider
}

describe('checking credentials with the provider', () => {
  it('gives up on one that does not answer, and says so', async () => {
    const sockets: Socket[] = []
    const silent = createServer((socket) => sockets.push(socket))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    // A server that listens on a port has an AddressInfo.
    const { port } = silent.address() as AddressInfo
    const egress = createEgress({ modelEndpointAllowPrivate: true })
    const check = createCheckWithProvider({ egress, timeoutMs: 100 })
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: `http://127.0.0.1:${port}` }
    await expect(check(getDefinition('openai'), credentials)).rejects.toMatchObject({
      code: 'invalid_param',
      message: 'OpenAI did not answer within 0.1 seconds. Check the address and the network, then save again.',
    })
    await egress.close()
    for (const socket of sockets) socket.destroy()
    silent.close()
  })

  it('explains an address that may not be reached, and one that is none', async () => {
    const egress = createEgress({ modelEndpointAllowPrivate: true })
    const check = createCheckWithProvider({ egress })
    for (const openai_api_base of ['http://169.254.169.254', 'no address']) {
      await expect(check(getDefinition('openai'), { openai_api_key: 'sk-0123456789', openai_api_base })).rejects.toMatchObject({
        code: 'invalid_param',
        param: 'credentials',
      })
    }
    await egress.close()
  })
})
