import { describe, expect, it } from 'vitest'
import { startChild } from './child.ts'

/** What bubblewrap does when it is killed while it starts: a process of its own lives on and holds the pipes. */
const command = (script: string) => ({ program: '/bin/sh', parameters: ['-c', script], user: undefined, systemCallFilter: Buffer.alloc(0) })

describe('a child', () => {
  it('is ended with what it has started', async () => {
    const child = startChild(command('sleep 300 & wait'))
    child.end('abort')
    await child.ended
    expect(child.hasEnded()).toBe(true)
  })

  it('leaves nothing behind that it has started', async () => {
    const child = startChild(command('sleep 300 & exit 3'))
    await expect(child.ended).resolves.toMatchObject({ exitCode: 3 })
  })
})
