// expect: rung-variables
import type { Db } from '@trellis/db'

export type Face = Db
