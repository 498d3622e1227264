import type { AppsTable } from '@trellis/db'
import { toPlain } from '@trellis/values'
import { type SuggestionConfig, suggestionConfigSchema } from '../turns/index.ts'
import type { RunnableWorkflow, RunnableWorkflows } from './runnable-workflows.ts'
import { isWorkflowMode } from './workflow-apps.ts'

/** Whether and how apps suggest what to ask next, whatever their mode. */
export interface SuggestionConfigs {
  /** @throws AppError `app_unavailable` where nothing is published */
  getPublished(app: AppsTable): Promise<SuggestionConfig>
  /** As the editor has it; undefined where there is none. */
  findInEditor(app: AppsTable): Promise<SuggestionConfig | undefined>
}

/** How apps without a workflow are configured. */
interface BasicConfigs {
  getPublishedConfig(app: AppsTable): Promise<{ readonly value: SuggestionConfig }>
  findConfigInEditor(app: AppsTable): Promise<SuggestionConfig | undefined>
}

export const createSuggestionConfigs = (
  basic: BasicConfigs,
  workflows: Pick<RunnableWorkflows, 'getPublished' | 'getDraft'>,
): SuggestionConfigs => ({
  getPublished: async (app) =>
    isWorkflowMode(app.mode) ? toConfig(await workflows.getPublished(app)) : (await basic.getPublishedConfig(app)).value,
  findInEditor: async (app) => (isWorkflowMode(app.mode) ? toConfig(await workflows.getDraft(app)) : basic.findConfigInEditor(app)),
})

const toConfig = ({ features }: RunnableWorkflow): SuggestionConfig => suggestionConfigSchema.parse(toPlain(features))
