import type { WaitingForm } from '@trellis/contracts'
import { type Db, toFlag } from '@trellis/db'
import { newId, randomToken } from '@trellis/kit'
import type { PauseReason, RunFacts, Submission } from '@trellis/spec'
import { str } from '@trellis/values'
import { type Delivery, isShownInChat, readDelivery, toChannels } from './delivery.ts'
import { readDefinition, readSubmission, writeDefinition } from './form-definition.ts'
import {
  closeFormsOfRun,
  type FormRow,
  insertForms,
  insertRecipients,
  listMemberAddresses,
  type RecipientRow,
  settleForms,
} from './forms.repository.ts'

/** An execution that waits for people. */
export interface WaitingExecution {
  readonly executionId: string
  readonly nodeId: string
  readonly title: string
  readonly reason: PauseReason
}

/** What came of a form: an answer, or the end of its time. */
export interface FormNews {
  readonly form: WaitingForm
  readonly submission: Submission
  readonly actionTitle: string
  readonly renderedContent: string
  /** Its expiry ends the run. */
  readonly stopsRun: boolean
}

export interface RunFormsOptions {
  readonly facts: RunFacts
  /** The longest that anybody is waited for. */
  readonly lifetimeMs: number
  /** Those that the run asked for in an earlier life. */
  readonly rows: readonly FormRow[]
}

interface NewForm {
  readonly row: FormRow
  readonly recipients: readonly RecipientRow[]
  readonly delivery: Delivery
}

/** The forms of one run: made when it pauses, and settled when it goes on or ends. */
export class RunForms {
  readonly #options: RunFormsOptions
  readonly #known: Map<string, FormRow>
  /** Made in this life, by execution. */
  readonly #asked = new Map<string, NewForm>()
  readonly #taken: string[] = []

  constructor(options: RunFormsOptions) {
    this.#options = options
    this.#known = new Map(options.rows.map((row) => [row.execution_id, row]))
  }

  /** What came of the forms that these executions wait for; the run goes on with it. */
  takeNews(executionIds: readonly string[]): ReadonlyMap<string, FormNews> {
    const news = new Map<string, FormNews>()
    for (const id of executionIds) {
      const row = this.#known.get(id)
      const seen = row && toNews(row)
      if (!seen) continue
      news.set(id, seen)
      this.#taken.push(row.id)
    }
    return news
  }

  /** The forms that these executions wait for, new ones among them. */
  ask(executions: readonly WaitingExecution[], now: number): WaitingForm[] {
    return executions.map((execution) => {
      const known = this.#known.get(execution.executionId)
      if (known) return readDefinition(known)
      const asked = this.#asked.get(execution.executionId) ?? makeForm(this.#options, execution, now)
      this.#asked.set(execution.executionId, asked)
      return readDefinition(asked.row)
    })
  }

  /** The rows that change where the run pauses or ends. Belongs into the transaction that says so. */
  async finish(db: Db, { isPaused, now }: { readonly isPaused: boolean; readonly now: number }): Promise<void> {
    const { runId, tenantId } = this.#options.facts
    if (!isPaused) {
      // Most runs never asked anybody.
      if (this.#known.size > 0) await closeFormsOfRun(db, runId, now)
      return
    }
    await settleForms(db, this.#taken, now)
    const asked = [...this.#asked.values()]
    await insertForms(
      db,
      asked.map(({ row }) => row),
    )
    for (const { row, recipients, delivery } of asked) {
      const addresses = delivery.email ? await findAddresses(db, tenantId, delivery.email) : []
      await insertRecipients(db, [...recipients, ...addresses.map((address) => recipientOf(row, 'email', address))])
    }
  }
}

function toNews(row: FormRow): FormNews | undefined {
  const form = readDefinition(row)
  if (row.status === 'expired') {
    return { form, submission: { type: 'expired' }, actionTitle: '', renderedContent: '', stopsRun: row.stops_run === 1 }
  }
  const stored = row.status === 'submitted' ? readSubmission(row) : undefined
  if (!stored) return undefined
  const { actionId, actionTitle, values, renderedContent } = stored
  return { form, submission: { type: 'submitted', actionId, values }, actionTitle, renderedContent, stopsRun: false }
}

function makeForm({ facts, lifetimeMs }: RunFormsOptions, execution: WaitingExecution, now: number): NewForm {
  const { reason } = execution
  const context = { invokeFrom: facts.invokeFrom, accountId: facts.userId }
  const delivery = readDelivery(reason.deliveryMethods, context)
  const expiresAt = now + Math.min(reason.timeoutMs, lifetimeMs)
  const head = { id: newId(), tenant_id: facts.tenantId, app_id: facts.appId, created_at: now }
  const recipients = (delivery.toWebApp ? (['web_app', 'console'] as const) : (['console'] as const)).map((channel) =>
    recipientOf(head, channel, null),
  )
  const isShown = isShownInChat(delivery, context)
  const form: WaitingForm = {
    formId: head.id,
    executionId: execution.executionId,
    nodeId: execution.nodeId,
    title: execution.title,
    formContent: reason.formContent,
    inputs: [...reason.inputs],
    actions: [...reason.actions],
    resolvedDefaults: Object.fromEntries(Object.entries(reason.resolvedDefaults).map(([name, value]) => [name, str(value)])),
    token: isShown ? (recipients[0]?.token ?? null) : null,
    channels: toChannels(delivery),
    isShownInChat: isShown,
    expiresAtMs: expiresAt,
  }
  const row: FormRow = {
    ...head,
    run_id: facts.runId,
    execution_id: execution.executionId,
    node_id: execution.nodeId,
    node_title: execution.title,
    definition: writeDefinition(form),
    status: 'waiting',
    submission: null,
    submitted_by: null,
    submitted_at: null,
    expires_at: expiresAt,
    stops_run: toFlag(lifetimeMs < reason.timeoutMs),
    settled_at: null,
  }
  return { row, recipients, delivery }
}

const TOKEN_LENGTH = 32

const recipientOf = (
  form: Pick<FormRow, 'id' | 'tenant_id' | 'app_id' | 'created_at'>,
  channel: RecipientRow['channel'],
  address: string | null,
): RecipientRow => ({
  id: newId(),
  tenant_id: form.tenant_id,
  app_id: form.app_id,
  form_id: form.id,
  channel,
  address,
  token: randomToken(TOKEN_LENGTH),
  mailed_at: null,
  created_at: form.created_at,
})

/** Everybody once, however they were named. */
async function findAddresses(db: Db, tenantId: string, email: NonNullable<Delivery['email']>): Promise<string[]> {
  const members = await listMemberAddresses(db, tenantId, email.toWholeWorkspace ? undefined : email.accountIds)
  const byName = new Map([...members, ...email.addresses].map((address) => [address.toLowerCase(), address]))
  return [...byName.values()]
}
