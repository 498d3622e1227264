import type { SystemCalls } from './system-calls.data.ts'

// One instruction of the kernel's packet filter: what it does, where it goes on, and its operand (linux/filter.h, linux/seccomp.h).
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number]

const load = (offset: number): Instruction => [0x20, 0, 0, offset]
const ifEqual = (value: number, ifTrue: number, ifFalse: number): Instruction => [0x15, ifTrue, ifFalse, value]
const ifAtLeast = (value: number, ifTrue: number, ifFalse: number): Instruction => [0x35, ifTrue, ifFalse, value]
const ifAnyBit = (bits: number, ifTrue: number, ifFalse: number): Instruction => [0x45, ifTrue, ifFalse, bits]
const keepBits = (bits: number): Instruction => [0x54, 0, 0, bits]
const answer = (value: number): Instruction => [0x06, 0, 0, value]

const allow = answer(0x7fff0000)
const kill = answer(0x80000000)
const refuseWith = (errorNumber: number): Instruction => answer(0x00050000 | errorNumber)
const EPERM = 1
const ENOMEM = 12
const ENOSYS = 38

const CALL = 0
const ARCHITECTURE = 4
/** The lower half: both architectures are little-endian. */
const argument = (index: number): number => 16 + 8 * index

/** NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET */
const NEW_NAMESPACES = 0x7e020000
const TIOCSTI = 0x5412
const TIOCLINUX = 0x541c
const SHARED_AND_ANONYMOUS = 0x21
const AF_UNIX = 1
const AF_INET = 2
const AF_INET6 = 10

/**
 * What sandboxed code may not ask of the kernel, as the bytes that `bwrap --seccomp` takes. A list of refusals and not of permissions:
 * interpreters and their libraries use a great many calls, and the namespaces hold in any case. Each refusal is of something that has
 * hurt sandboxes before: new namespaces, mounts, other processes' memory, keys, kernel programs, memory that no limit counts, sockets.
 */
export function buildSystemCallFilter(calls: SystemCalls, { allowsSockets }: { readonly allowsSockets: boolean }): Buffer {
  return encode([
    load(ARCHITECTURE),
    ifEqual(calls.architecture, 1, 0),
    kill,
    load(CALL),
    ...(calls.foreignFrom === undefined ? [] : [ifAtLeast(calls.foreignFrom, 0, 1), kill]),
    ...Object.values(calls.refused).flatMap((call) => [ifEqual(call, 0, 1), refuseWith(EPERM)]),
    // Its flags lie in memory, where a filter cannot look; the C library then uses clone.
    ifEqual(calls.clone3, 0, 1),
    refuseWith(ENOSYS),
    ifEqual(calls.clone, 0, 4),
    load(argument(0)),
    ifAnyBit(NEW_NAMESPACES, 0, 1),
    refuseWith(EPERM),
    allow,
    ifEqual(calls.ioctl, 0, 5),
    load(argument(1)),
    ifEqual(TIOCSTI, 1, 0),
    ifEqual(TIOCLINUX, 0, 1),
    refuseWith(EPERM),
    allow,
    // Memory that is shared and of no file is in no limit of a process.
    ifEqual(calls.mmap, 0, 5),
    load(argument(3)),
    keepBits(SHARED_AND_ANONYMOUS),
    ifEqual(SHARED_AND_ANONYMOUS, 0, 1),
    refuseWith(ENOMEM),
    allow,
    ...(allowsSockets ? socketsOf(calls) : [ifEqual(calls.socket, 0, 1), refuseWith(EPERM)]),
    allow,
  ])
}

const socketsOf = (calls: SystemCalls): readonly Instruction[] => [
  ifEqual(calls.socket, 0, 5),
  load(argument(0)),
  ifEqual(AF_UNIX, 3, 0),
  ifEqual(AF_INET, 2, 0),
  ifEqual(AF_INET6, 1, 0),
  refuseWith(EPERM),
]

function encode(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * 8)
  instructions.forEach(([code, ifTrue, ifFalse, operand], index) => {
    const offset = index * 8
    bytes.writeUInt16LE(code, offset)
    bytes.writeUInt8(ifTrue, offset + 2)
    bytes.writeUInt8(ifFalse, offset + 3)
    bytes.writeUInt32LE(operand >>> 0, offset + 4)
  })
  return bytes
}
