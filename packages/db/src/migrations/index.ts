import type { Migration } from 'kysely/migration'
import * as foundation from './0001-foundation/index.ts'
import * as workflows from './0002-workflows/index.ts'
import * as team from './0003-team/index.ts'
import * as models from './0005-models/index.ts'
import * as studio from './0006-studio/index.ts'
import * as annotations from './0007-annotations/index.ts'
import * as signIn from './0009-sign-in/index.ts'
import * as budgets from './0011-budgets/index.ts'
import * as log from './0014-log/index.ts'
import * as accessOfPages from './0015-access-of-pages/index.ts'
import * as apiExtensions from './0016-api-extensions/index.ts'
import * as appLimits from './0020-app-limits/index.ts'
import * as askedAsItWas from './0022-asked-as-it-was/index.ts'
import * as runAsks from './0023-run-asks/index.ts'
import * as modelKeys from './0024-model-keys/index.ts'

/** Every migration, in order, by its permanent name. Released ones are never changed, renamed or removed. */
export const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-workflows': workflows,
  '0003-team': team,
  '0005-models': models,
  '0006-studio': studio,
  '0007-annotations': annotations,
  '0009-sign-in': signIn,
  '0011-budgets': budgets,
  '0014-log': log,
  '0015-access-of-pages': accessOfPages,
  '0016-api-extensions': apiExtensions,
  '0020-app-limits': appLimits,
  '0022-asked-as-it-was': askedAsItWas,
  '0023-run-asks': runAsks,
  '0024-model-keys': modelKeys,
}
