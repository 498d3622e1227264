import { closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from '@trellis/kit'
import { createLineWriter, type LineWriterOptions } from './line-writer.ts'

export interface LogFile {
  write(text: string): void
  close(): Promise<void>
}

export interface LogFileOptions extends Pick<LineWriterOptions, 'onError' | 'onDropped'> {
  readonly path: string
  /** A file that has reached this size is moved aside. */
  readonly maxBytes: number
  /** Older files are `<path>.1` (the youngest) to `<path>.<backups>`. */
  readonly backups: number
}

/**
 * A log file that keeps its name and moves its past aside, in the manner that log shippers and `tail -F` expect.
 * @throws where the file cannot be opened
 */
export function openLogFile({ path, maxBytes, backups, onError, onDropped }: LogFileOptions): LogFile {
  makeFolder(dirname(path))
  if (sizeOf(path) >= maxBytes) moveAside(path, backups)
  let descriptor = open(path)
  let size = sizeOf(path)

  const rotate = () => {
    size = 0
    try {
      moveAside(path, backups)
      const old = descriptor
      descriptor = open(path)
      closeSync(old)
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)))
    }
  }

  const writer = createLineWriter({
    descriptor: () => descriptor,
    onWritten: (bytes) => {
      size += bytes
      if (size >= maxBytes) rotate()
    },
    onError,
    onDropped,
  })
  return {
    write: writer.write,
    close: async () => {
      await writer.drained()
      closeSync(descriptor)
    },
  }
}

function open(path: string): number {
  return openSync(path, 'a', 0o640)
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function moveAside(path: string, backups: number): void {
  const nameOf = (number: number) => (number === 0 ? path : `${path}.${number}`)
  rmSync(nameOf(backups), { force: true })
  for (let number = backups - 1; number >= 0; number--) renameIfThere(nameOf(number), nameOf(number + 1))
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isMissing) throw error
  }
}
