// expect: rung-jinja
import type { Db } from '@trellis/db'

export type Face = Db
