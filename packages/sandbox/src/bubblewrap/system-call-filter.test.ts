import { describe, expect, it } from 'vitest'
import { buildSystemCallFilter } from './system-call-filter.ts'
import { systemCalls } from './system-calls.data.ts'

const ALLOW = 0x7fff0000
const KILL = 0x80000000
const refused = (errorNumber: number): number => 0x00050000 | errorNumber

/** The kernel's machine in small: runs the filter over one call, as linux/filter.h describes it. */
function judge(
  filter: Buffer,
  call: { readonly architecture: number; readonly number: number; readonly arguments?: readonly number[] },
): number {
  const data = Buffer.alloc(64)
  data.writeUInt32LE(call.number, 0)
  data.writeUInt32LE(call.architecture, 4)
  for (const [index, value] of (call.arguments ?? []).entries()) data.writeUInt32LE(value, 16 + 8 * index)
  let accumulator = 0
  for (let at = 0; at < filter.length; at += 8) {
    const operand = filter.readUInt32LE(at + 4)
    const jump = (isTrue: boolean): number => 8 * filter.readUInt8(at + (isTrue ? 2 : 3))
    switch (filter.readUInt16LE(at)) {
      case 0x20:
        accumulator = data.readUInt32LE(operand)
        break
      case 0x54:
        accumulator &= operand
        break
      case 0x15:
        at += jump(accumulator === operand)
        break
      case 0x35:
        at += jump(accumulator >= operand)
        break
      case 0x45:
        at += jump((accumulator & operand) !== 0)
        break
      case 0x06:
        return operand
      default:
        throw new Error('an instruction that the kernel would refuse')
    }
  }
  throw new Error('the filter ends without an answer')
}

describe.each(Object.entries(systemCalls))('the filter of system calls for %s', (_, calls) => {
  const closed = buildSystemCallFilter(calls, { allowsSockets: false })
  const open = buildSystemCallFilter(calls, { allowsSockets: true })
  const answer = (filter: Buffer, number: number, ...given: number[]): number =>
    judge(filter, { architecture: calls.architecture, number, arguments: given })

  it('ends whoever speaks for another architecture', () => {
    expect(judge(closed, { architecture: 0x40000003, number: 0 })).toBe(KILL)
    if (calls.foreignFrom !== undefined) expect(answer(closed, calls.foreignFrom + 1)).toBe(KILL)
  })
  it('refuses each call of its list and lets others through', () => {
    for (const number of Object.values(calls.refused)) expect(answer(closed, number)).toBe(refused(1))
    expect(answer(closed, 0)).toBe(ALLOW)
  })
  it('lets threads and processes begin, but no namespaces', () => {
    expect(answer(closed, calls.clone, 0x003d0f00)).toBe(ALLOW)
    expect(answer(closed, calls.clone, 0x10000000 | 17)).toBe(refused(1))
    expect(answer(closed, calls.clone3, 0)).toBe(refused(38))
  })
  it('refuses words put into a terminal, and memory that is shared and anonymous', () => {
    expect(answer(closed, calls.ioctl, 0, 0x5412)).toBe(refused(1))
    expect(answer(closed, calls.ioctl, 0, 0x5401)).toBe(ALLOW)
    expect(answer(closed, calls.mmap, 0, 0, 0, 0x21)).toBe(refused(12))
    expect(answer(closed, calls.mmap, 0, 0, 0, 0x22)).toBe(ALLOW)
    expect(answer(closed, calls.mmap, 0, 0, 0, 0x01)).toBe(ALLOW)
  })
  it('opens sockets of the internet and of files alone, and only where it is to', () => {
    expect([1, 2, 10, 16, 17].map((family) => answer(open, calls.socket, family))).toEqual([ALLOW, ALLOW, ALLOW, refused(1), refused(1)])
    expect([1, 2, 10].map((family) => answer(closed, calls.socket, family))).toEqual([refused(1), refused(1), refused(1)])
  })
})
