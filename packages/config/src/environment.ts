import { z } from 'zod'
import { type VariableMeta, variableMetaSchema } from './kinds.ts'
import { authVariables, httpVariables } from './variables/auth.ts'
import { databaseVariables, redisVariables } from './variables/database.ts'
import { deploymentVariables, urlVariables } from './variables/deployment.ts'
import { egressProxyVariables, egressVariables, httpRequestVariables } from './variables/egress.ts'
import { jobVariables } from './variables/jobs.ts'
import { limitVariables, uploadVariables } from './variables/limits.ts'
import { mailVariables } from './variables/mail.ts'
import { nodeVariables } from './variables/nodes.ts'
import { observabilityVariables } from './variables/observability.ts'
import { sandboxVariables } from './variables/sandbox.ts'
import { signInVariables } from './variables/sign-in.ts'
import { storageVariables } from './variables/storage.ts'

/** Every variable that Trellis reads, once. */
export const environmentSchema = z.object({
  ...deploymentVariables,
  ...urlVariables,
  ...databaseVariables,
  ...redisVariables,
  ...jobVariables,
  ...storageVariables,
  ...authVariables,
  ...signInVariables,
  ...mailVariables,
  ...httpVariables,
  ...egressVariables,
  ...httpRequestVariables,
  ...egressProxyVariables,
  ...sandboxVariables,
  ...limitVariables,
  ...nodeVariables,
  ...uploadVariables,
  ...observabilityVariables,
})

export type Environment = z.infer<typeof environmentSchema>
export type VariableName = keyof Environment

export interface Variable extends VariableMeta {
  readonly name: VariableName
}

/** The declared variables in their order. */
export function listVariables(): readonly Variable[] {
  return Object.entries(environmentSchema.shape).map(([name, schema]) => ({
    name: name as VariableName, // Object.entries widens the keys of the shape
    ...variableMetaSchema.parse(schema.meta()),
  }))
}
