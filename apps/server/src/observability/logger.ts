import type { Config } from '@trellis/config'
import type { Logger } from '@trellis/spec'
import { pino } from 'pino'
import { createLineWriter } from './line-writer.ts'
import { type LogFile, openLogFile } from './log-file.ts'
import { formatLogLine } from './log-text.ts'
import { redactFields, redactText } from './redact.ts'

export interface LoggerOptions {
  readonly log: Config['log']
  /** Standard output, where nothing is said. A `job` writes its log to `stderr`: its output is its answer. */
  readonly output?: 'stdout' | 'stderr' | { write(text: string): void }
  /** Told with every line. */
  readonly fields?: object
}

export interface LogSink {
  readonly logger: Logger
  /** Writes what is still held back. */
  close(): Promise<void>
}

/** The log of this process. It never throws and never stops the process: where a file cannot be written it says so and goes on without. */
export function createLogSink({ log, output = 'stdout', fields = {} }: LoggerOptions): LogSink {
  const terminal = typeof output === 'string' ? openTerminal(output, (lines) => tellDropped(lines)) : openSink(output)
  let file: LogFile | undefined
  const write = (line: string) => {
    terminal.write(log.format === 'json' ? line : formatLogLine(line, terminal))
    file?.write(log.format === 'json' ? line : formatLogLine(line, noColour))
  }
  const root = pino(
    {
      level: log.level,
      base: redactFields(fields, { showsContent: false }),
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    { write },
  )
  const logger = toPort(root)
  const tellDropped = (lines: number) => logger.warn({ lines }, 'Log lines were lost: whoever reads them, or the disk, did not keep up.')
  const giveUpFile = (error: Error) => {
    const lost = file
    file = undefined
    if (lost) logger.error({ file: log.file?.path, error }, 'The log file can no longer be written. The log goes on without it.')
  }
  if (log.file) {
    const { path, maxMegabytes, backups } = log.file
    try {
      file = openLogFile({ path, maxBytes: maxMegabytes * 1024 * 1024, backups, onError: giveUpFile, onDropped: tellDropped })
    } catch (error) {
      logger.warn({ file: path, error }, 'The log file cannot be opened (LOG_FILE). The log goes on without it.')
    }
  }
  return {
    logger,
    close: async () => {
      await file?.close()
      await terminal.drained()
    },
  }
}

const noColour = { hasColour: false }

function openTerminal(name: 'stdout' | 'stderr', onDropped: (lines: number) => void) {
  const stream = process[name]
  // An error means that the reader of our output is gone (`| head`): there is nobody left to tell.
  const writer = createLineWriter({ descriptor: () => stream.fd, onError: () => undefined, onDropped })
  return { ...writer, hasColour: stream.isTTY === true && stream.hasColors() }
}

function openSink(sink: { write(text: string): void }) {
  return { ...noColour, write: (text: string) => sink.write(text), drained: () => Promise.resolve() }
}

function toPort(target: pino.Logger): Logger {
  const at = (level: 'debug' | 'info' | 'warn' | 'error' | 'fatal') => (fields: object, message: string) => {
    if (target.isLevelEnabled(level)) target[level](redactFields(fields, { showsContent: level === 'debug' }), redactText(message))
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
    child: (fields) => toPort(target.child(redactFields(fields, { showsContent: false }))),
  }
}
