const POSTGRES_UNIQUE_VIOLATION = '23505'

/** True where a statement failed because a row with the same unique key exists. */
export function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false
  return (
    error.code === POSTGRES_UNIQUE_VIOLATION || error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  )
}
