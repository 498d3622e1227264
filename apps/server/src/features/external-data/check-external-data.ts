import { AppError, type Refusal } from '@trellis/contracts'
import type { ApiExtensions } from '../api-extensions/index.ts'
import { basicConfigSchema, readExternalDataTools } from '../turns/index.ts'

/** Whether what a basic app fetches can be fetched. @throws AppError `invalid_param` naming the section */
export const createExternalDataCheck =
  (hasExtension: ApiExtensions['has']) =>
  async (tenantId: string, sections: object): Promise<void> => {
    const config = basicConfigSchema.safeParse(sections)
    // Chatflows have no such thing.
    if (!config.success) return
    for (const { variable, type, extensionId } of readExternalDataTools(config.data)) {
      assertKnownType(type, variable)
      const values = { variable }
      if (extensionId === '') {
        const told = `"${variable}" must name an API extension in config.api_based_extension_id`
        refuse(told, { reason: 'external_data_extension', values })
      }
      if (!(await hasExtension(tenantId, extensionId))) {
        const told = `the API extension that "${variable}" asks is not in this workspace. Choose another, or take it out`
        refuse(told, { reason: 'external_data_extension_gone', values })
      }
    }
  }

/** Also where a draft that nobody checked is tried. @throws AppError `invalid_param` */
export function assertKnownType(type: string, variable: string): void {
  if (type === 'api') return
  const told = `"${variable}" is of the type "${type}", which is not known here. Use api`
  refuse(told, { reason: 'external_data_type', values: { variable, type } })
}

function refuse(message: string, refusal: Refusal): never {
  throw new AppError('invalid_param', { message: `external_data_tools: ${message}.`, param: 'external_data_tools', refusal })
}
