// expect: rung-values
import type { Db } from '@trellis/db'

export type Face = Db
