import { listFormsOfRun, listRecipients } from '../../../apps/server/src/features/human-input/forms.repository.ts'
import { createFormService, type FormServiceDependencies } from '../../../apps/server/src/features/human-input/forms.service.ts'
import { AppError } from '../../../packages/contracts/src/index.ts'
import { theApp } from './bare-workflows.ts'

export interface BareForms {
  /** Answers all that a run waits for, as those would who were asked: whoever got no reply, because the host died, tries again. */
  answer(runId: string): Promise<void>
}

export async function createBareForms(dependencies: FormServiceDependencies): Promise<BareForms> {
  const { db, clock } = dependencies
  const forms = createFormService(dependencies)
  const now = clock.now()
  // Forms belong to a workspace that is there.
  await db
    .insertInto('tenants')
    .values({
      id: theApp.tenant_id,
      name: 'bare',
      plan: '',
      status: 'normal',
      sealed_key: '',
      custom_config: '{}',
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return {
    async answer(runId) {
      const asked = await listFormsOfRun(db, runId)
      const recipients = await listRecipients(
        db,
        asked.map(({ id }) => id),
      )
      for (const { token } of recipients) {
        try {
          const { form } = await forms.open(token)
          await forms.submit(form, { inputs: { said: 'go on' }, action: 'yes' }, { id: null, resolve: async () => [] })
        } catch (error) {
          if (!AppError.is(error) || error.code !== 'human_input_form_submitted') throw error
        }
      }
    },
  }
}
