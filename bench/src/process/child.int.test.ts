import { afterAll, expect, it } from 'vitest'
import { startChild, whileAlive } from './child.ts'

const run = (code: string) => startChild('child', [], { nodeOptions: ['--eval', code] })
const child = run('setInterval(() => undefined, 1000)')
afterAll(() => child.stop())

it('is watched for as long as something is done with it, however often', async () => {
  const before = child.process.listenerCount('exit')
  for (let time = 0; time < 20; time += 1) expect(await whileAlive({ server: child }, Promise.resolve(time))).toBe(time)
  await expect(whileAlive({ server: child }, Promise.reject(new Error('no luck')))).rejects.toThrow('no luck')
  expect(child.process.listenerCount('exit')).toBe(before)
})

it('ends what waits for it when it ends, with what it said', async () => {
  const dying = run("console.error('out of luck'); process.stdin.on('end', () => process.exit(1)).resume()")
  await expect(whileAlive({ server: child, client: dying }, new Promise(() => undefined))).rejects.toThrow(
    /the client ended before its time:\s+out of luck/,
  )
})
