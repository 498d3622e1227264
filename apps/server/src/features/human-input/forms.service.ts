import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { checkSubmission, fillForm, readFormInput } from '@trellis/nodes'
import type { Clock } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { listFileIds } from '../files/index.ts'
import { readDefinition, writeSubmission } from './form-definition.ts'
import { type ResolveFormFiles, resolveFiles } from './form-files.ts'
import { type FormRow, findForm, findFormByToken, type RecipientRow, submitForm } from './forms.repository.ts'

export interface FormAnswer {
  readonly inputs: Readonly<Record<string, Value>>
  readonly action: string
}

export interface OpenedForm {
  readonly form: FormRow
  readonly recipient: RecipientRow
}

export interface FormService {
  /**
   * The form that a token opens, as long as it can be answered.
   * @throws `not_found` (also where the caller may not open it), `human_input_form_submitted`, `human_input_form_expired`
   */
  open(token: string, mayOpen?: (opened: OpenedForm) => boolean): Promise<OpenedForm>
  /** The same for whoever has proved that they may. */
  openById(id: string): Promise<FormRow>
  /** Keeps the first good answer; its run goes on. @throws `invalid_form_data`, and as `open` where somebody else was faster */
  submit(form: FormRow, answer: FormAnswer, answerer: { readonly id: string | null; readonly resolve: ResolveFormFiles }): Promise<void>
}

export interface FormServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  /** Lets a run go on, if it can. */
  readonly wake: (runId: string) => Promise<void>
}

export function createFormService({ db, clock, wake }: FormServiceDependencies): FormService {
  return {
    async open(token, mayOpen) {
      const found = await findFormByToken(db, token)
      if (!found || mayOpen?.(found) === false) throw noSuchForm()
      assertOpen(found.form, clock.now())
      return found
    },
    async openById(id) {
      const form = await findForm(db, id)
      if (!form) throw noSuchForm()
      assertOpen(form, clock.now())
      return form
    },
    async submit(form, answer, { id, resolve }) {
      const definition = readDefinition(form)
      const inputs = definition.inputs as readonly Dict[] // as the node declared them
      const problem = checkSubmission({ inputs, actions: definition.actions }, { actionId: answer.action, values: answer.inputs })
      if (problem) {
        const { message, field: param, reason, values } = problem
        throw new AppError('invalid_form_data', { message, param, refusal: { reason, values: { field: param, ...values } } })
      }
      const values = await resolveFiles(inputs, answer.inputs, resolve)
      const submission = writeSubmission({
        actionId: answer.action,
        actionTitle: definition.actions.find((action) => action.id === answer.action)?.title ?? '',
        values,
        renderedContent: fillForm(definition.formContent, inputs.map(readFormInput), values),
      })
      const fileIds = Object.values(values).flatMap(listFileIds)
      const isKept = await submitForm(db, form, { submission, fileIds, submittedBy: id, now: clock.now() })
      if (isKept) return wake(form.run_id)
      const current = await findForm(db, form.id)
      if (!current) throw noSuchForm()
      assertOpen(current, clock.now())
      throw new Error(`form ${form.id} took no answer, though it is open`)
    },
  }
}

export const noSuchForm = (): AppError => new AppError('not_found', { message: 'No form has this token.' })

function assertOpen(form: FormRow, now: number): void {
  if (form.status === 'submitted') {
    throw new AppError('human_input_form_submitted', {
      message: `This form was submitted before, form_id=${form.id}. The first answer counts.`,
    })
  }
  if (form.status === 'waiting' && form.expires_at > now) return
  const reason = form.status === 'closed' ? 'The run that asked is over' : 'Its time is over'
  throw new AppError('human_input_form_expired', { message: `${reason}, nobody waits for this form any more, form_id=${form.id}.` })
}
