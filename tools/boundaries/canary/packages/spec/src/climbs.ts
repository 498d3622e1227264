// expect: rung-spec
import type { Db } from '@trellis/db'

export type Face = Db
