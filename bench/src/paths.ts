import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** A path from the repository's root. */
export const pathOf = (path: string): string => join(root, path)
