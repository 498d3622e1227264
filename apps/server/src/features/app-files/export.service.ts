import { AppError } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import { type Dict, isDict, parseJson } from '@trellis/values'
import type { Apps } from '../apps/index.ts'
import { isWorkflowMode, type Workflows } from '../workflows/index.ts'
import { dictOf, dictsOf, textOf } from './app-file.ts'
import { writeAppSection } from './app-section.ts'
import { CURRENT_DSL_VERSION } from './dsl-version.ts'
import { toExportedConfig, toExportedGraph } from './exported-graph.ts'
import { writeYaml } from './yaml/write-yaml.ts'

export interface ExportRequest {
  readonly tenantId: string
  readonly appId: string
  /** A published version; undefined: the draft. */
  readonly workflowId: string | undefined
  readonly includesSecrets: boolean
}

export interface ExportDependencies {
  readonly apps: Pick<Apps, 'getApp' | 'readStoredConfig'>
  readonly workflows: Pick<Workflows, 'readDocument' | 'openSecrets'>
  /** Whether ids of knowledge can be read in their own workspace only. */
  readonly sealsDatasetIds: boolean
}

/** An app as a file that Dify reads too. @throws as `Workflows.readDocument`; `app_unavailable` for a basic app without configuration */
export async function exportApp(dependencies: ExportDependencies, request: ExportRequest): Promise<string> {
  const app = await dependencies.apps.getApp(request.tenantId, request.appId)
  const { extra, sections } = isWorkflowMode(app.mode)
    ? await exportWorkflow(dependencies, request)
    : await exportConfig(dependencies, app, request)
  const root = dictOf(extra, 'root')
  return writeYaml({
    ...root,
    kind: 'app',
    version: CURRENT_DSL_VERSION,
    app: writeAppSection(app, dictOf(extra, 'app')),
    dependencies: dictsOf(root, 'dependencies'),
    ...sections,
  })
}

interface Exported {
  readonly extra: Dict
  readonly sections: Dict
}

async function exportWorkflow({ workflows, sealsDatasetIds }: ExportDependencies, request: ExportRequest): Promise<Exported> {
  const { tenantId, appId, workflowId, includesSecrets } = request
  const document = await workflows.readDocument(tenantId, { appId, workflowId })
  const environmentVariables = includesSecrets
    ? await workflows.openSecrets(tenantId, document.environmentVariables)
    : document.environmentVariables.map((variable) => (textOf(variable, 'value_type') === 'secret' ? { ...variable, value: '' } : variable))
  const workflow: Dict = {
    ...dictOf(document.extra, 'workflow'),
    graph: toExportedGraph(document.graph, { tenantId, includesSecrets, sealsDatasetIds }),
    features: document.features,
    environment_variables: environmentVariables,
    conversation_variables: document.conversationVariables,
  }
  return { extra: document.extra, sections: { workflow } }
}

async function exportConfig({ apps }: ExportDependencies, app: AppsTable, { workflowId }: ExportRequest): Promise<Exported> {
  if (workflowId !== undefined) throw new AppError('bad_request', { message: 'This app has no workflow, and so no version of one.' })
  const text = await apps.readStoredConfig(app)
  if (text === undefined) {
    throw new AppError('app_unavailable', { message: 'This app has no configuration yet. Choose a model in the console and save it.' })
  }
  const extra = readDict(app.file_extra)
  return { extra, sections: { model_config: { ...toExportedConfig(readDict(text)), ...dictOf(extra, 'config') } } }
}

function readDict(text: string | null): Dict {
  const value = text === null ? null : parseJson(text)
  return isDict(value) ? value : {}
}
