import { z } from 'zod'
import { uuid } from '../common/wire.ts'
import { appCreateInput, appIconInput } from '../entities/app.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'

export const consoleAppConversionRoutes = {
  convertToWorkflow: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/convert-to-workflow',
    summary: 'Make a workflow of a text app, or a chatflow of a chat app: a new app with a draft; the original stays',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    body: z.object({ name: appCreateInput.name.nullish(), ...appIconInput }),
    responses: { 200: z.object({ new_app_id: uuid, permission_keys: z.array(z.string()) }) },
    errors: ['app_not_found', 'app_unavailable'],
  }),
}
