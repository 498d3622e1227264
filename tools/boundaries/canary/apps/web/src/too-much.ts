// expect: browser-imports
import { openDatabase } from '@trellis/db'

export const face = openDatabase
