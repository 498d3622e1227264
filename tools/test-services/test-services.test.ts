import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findPostgres, findRedis } from './find-binaries.ts'
import { startPostgres } from './start-postgres.ts'
import { startRedis } from './start-redis.ts'

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

describe.runIf(findPostgres())('startPostgres', () => {
  it('serves until it is stopped', async () => {
    const server = await startPostgres()
    expect(await answers(server.port)).toBe(true)
    await server.stop()
    expect(await answers(server.port)).toBe(false)
  })
})

describe.runIf(findRedis())('startRedis', () => {
  it('serves until it is stopped, and again at the same port', async () => {
    const server = await startRedis()
    expect(await answers(server.port)).toBe(true)
    await server.stop()
    expect(await answers(server.port)).toBe(false)
    const second = await startRedis({ port: server.port })
    expect(await answers(server.port)).toBe(true)
    await second.stop()
  })

  it('ends, and leaves nothing behind, when the process that started it is killed', async () => {
    const script = `
      import { mkdtemp } from 'node:fs/promises'
      import { startGuardedServer, findFreePort } from ${JSON.stringify(fileURLToPath(new URL('./guarded-server.ts', import.meta.url)))}
      import { findRedis } from ${JSON.stringify(fileURLToPath(new URL('./find-binaries.ts', import.meta.url)))}
      const folder = await mkdtemp('/tmp/trellis-guard-test-')
      const port = await findFreePort()
      const args = ['--port', String(port), '--dir', folder, '--save', '']
      await startGuardedServer({ command: findRedis(), args, folder, readyWhen: /Ready to accept/ })
      console.log(JSON.stringify({ port, folder }))
      setInterval(() => {}, 1000)
    `
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const line = await new Promise<string>((resolve) => starter.stdout.once('data', (part: Buffer) => resolve(part.toString())))
    const { port, folder } = JSON.parse(line) as { port: number; folder: string } // printed by the script above
    expect(await answers(port)).toBe(true)
    starter.kill('SIGKILL')
    await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false)
    expect(await answers(port)).toBe(false)
  })
})
