import BetterSqlite from 'better-sqlite3'

/**
 * Takes the one lock that `file` stands for, which is made where it is missing, and returns what gives it back; undefined where
 * somebody has it. The system holds the lock for the process, whatever number or namespace that has, and drops it when the process
 * dies, however it dies. The file must not be opened by other means meanwhile: closing it would drop the lock (fcntl(2)).
 * @throws SQLite's error where the file cannot be made, read or locked
 */
export function takeFileLock(file: string): (() => void) | undefined {
  const handle = new BetterSqlite(file, { timeout: 0 })
  try {
    handle.exec('begin exclusive')
  } catch (error) {
    handle.close()
    if (error instanceof BetterSqlite.SqliteError && error.code === 'SQLITE_BUSY') return undefined
    throw error
  }
  return () => handle.close()
}
