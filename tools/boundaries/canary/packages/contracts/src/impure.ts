// expect: pure-zone
import { readFileSync } from 'node:fs'

export const face = readFileSync
