import { describe, expect, it } from 'vitest'
import { classifyNpmFailure, NpmFailure } from './npm.mjs'

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

describe('NpmFailure', () => {
  it("says what to do first, and then npm's own last words without its log file", () => {
    const output =
      'npm error code ENOSPC\nnpm error nospc no space left\nnpm error A complete log of this run can be found in: /home/x/1.log\n'
    const lines = new NpmFailure('disk', output).message.split('\n')
    expect(lines[0]).toContain('Free at least 2 GB')
    expect(lines.slice(1)).toEqual(['    npm error code ENOSPC', '    npm error nospc no space left'])
  })
})
