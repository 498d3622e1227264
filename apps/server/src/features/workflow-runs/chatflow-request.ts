import type { AppsTable, InvokeFrom } from '@trellis/db'
import type { Value } from '@trellis/values'
import type { FileValue } from '@trellis/variables'
import type { Asker } from '../models/index.ts'
import type { Claim } from '../runs/index.ts'
import type { RunnableWorkflow } from '../workflows/index.ts'
import type { PreparedRetry } from './retry/prepare-retry.ts'
import type { ResolveFiles } from './start-inputs.ts'
import type { TrialGround } from './trials/trial-ground.ts'

/** A message to a chatflow. */
export interface ChatflowRequest {
  readonly app: AppsTable
  readonly workflow: RunnableWorkflow
  readonly inputs: Readonly<Record<string, Value>>
  readonly query: string
  readonly files: readonly FileValue[]
  readonly invokeFrom: InvokeFrom
  readonly triggeredFrom: 'app-run' | 'debugging'
  readonly asker: Asker
  /** How the run knows its user: the end user's own name, or the account's id. */
  readonly userName: string
  readonly resolveFiles: ResolveFiles
  /** Undefined opens a new conversation. */
  readonly conversationId: string | undefined
  /** The turn to answer after; undefined: the newest on the Service API, none elsewhere. */
  readonly parentMessageId: string | undefined
  /** Have a name made for a new conversation once the first answer stands. */
  readonly autoGenerateName: boolean
  readonly claim?: Claim | undefined
  /** Of a run of a part of a draft: what that begins with. Its graph is `workflow`. */
  readonly part?: Pick<TrialGround, 'rootId' | 'inputs' | 'variables' | 'held'> & { readonly files?: readonly FileValue[] }
  /** Of a run in place of another that failed: what it goes on from. */
  readonly again?: Pick<PreparedRetry, 'runId' | 'retry' | 'amendment'>
}
