import { describe, expect, it } from 'vitest'
import { classifyNpmFailure, NpmFailure, watchRegistry } from './npm.mjs'

describe('classifyNpmFailure', () => {
  it.each([
    ['network', 'npm error code EAI_AGAIN\nnpm error request to https://registry.example/zod failed'],
    ['network', 'npm error code ECONNREFUSED'],
    ['disk', 'npm error code ENOSPC\nnpm error syscall write'],
    ['permission', 'npm error code EACCES\nnpm error Your cache folder contains root-owned files'],
    ['missing', 'npm error code ETARGET\nnpm error notarget No matching version found for zod@9.9.9'],
    ['native', 'npm error gyp ERR! find Python'],
    ['unknown', 'npm error Something new'],
  ])('sees %s', (reason, output) => {
    expect(classifyNpmFailure(output)).toBe(reason)
  })

  it('takes a kill for want of memory', () => {
    expect(classifyNpmFailure('', 'SIGKILL')).toBe('memory')
  })
})

describe('watchRegistry', () => {
  const failed = 'npm http fetch GET https://registry.example/zod attempt 1 failed with EAI_AGAIN'
  const answered = 'npm http fetch GET 200 https://registry.example/zod 20ms (cache miss)'

  function aWatch() {
    const state = { nowMs: 0, gaveUp: 0 }
    const watch = watchRegistry(
      () => state.gaveUp++,
      () => state.nowMs,
    )
    const read = (lines, atMs) => {
      state.nowMs = atMs
      for (const line of lines) watch.read(line)
    }
    return { state, read }
  }

  it('gives up once when nothing is answered for long', () => {
    const { state, read } = aWatch()
    read(Array(20).fill(failed), 1_000)
    expect(state.gaveUp).toBe(0)
    read([failed], 20_000)
    read([failed], 21_000)
    expect(state.gaveUp).toBe(1)
  })

  it('bears a flaky network that answers now and then', () => {
    const { state, read } = aWatch()
    for (let second = 0; second < 100; second += 10) read([...Array(10).fill(failed), answered], second * 1000)
    expect(state.gaveUp).toBe(0)
  })
})

describe('NpmFailure', () => {
  it("says what to do first, and then npm's own last words without its log file", () => {
    const output =
      'npm error code ENOSPC\nnpm error nospc no space left\nnpm error A complete log of this run can be found in: /home/x/1.log\n'
    const lines = new NpmFailure('disk', output).message.split('\n')
    expect(lines[0]).toContain('Free at least 2 GB')
    expect(lines.slice(1)).toEqual(['    npm error code ENOSPC', '    npm error nospc no space left'])
  })
})
