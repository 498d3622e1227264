import { AppError } from '@trellis/contracts'
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
      if (extensionId === '') refuse(`"${variable}" must name an API extension in config.api_based_extension_id`)
      if (!(await hasExtension(tenantId, extensionId))) {
        refuse(`the API extension that "${variable}" asks is not in this workspace. Choose another, or take it out`)
      }
    }
  }

/** Also where a draft that nobody checked is tried. @throws AppError `invalid_param` */
export function assertKnownType(type: string, variable: string): void {
  if (type !== 'api') refuse(`"${variable}" is of the type "${type}", which is not known here. Use api`)
}

function refuse(message: string): never {
  throw new AppError('invalid_param', { message: `external_data_tools: ${message}.`, param: 'external_data_tools' })
}
