import { type Dict, getKey, isDict, isList, type Value } from '@trellis/values'
import { dictOf, textOf, without } from './app-file.ts'
import { decryptDatasetId, encryptDatasetId } from './dataset-ids.ts'
import { mapAgentTools, mapNodeData } from './graph-walk.ts'

export interface ExportOptions {
  readonly tenantId: string
  readonly includesSecrets: boolean
  readonly sealsDatasetIds: boolean
}

const withoutCredential = (tool: Dict): Dict => without(tool, new Set(['credential_id']))

/** What leaves the workspace with a graph (workflow spec 1.5). */
export function toExportedGraph(graph: Dict, { tenantId, includesSecrets, sealsDatasetIds }: ExportOptions): Dict {
  return mapNodeData(graph, (type, data) => {
    if (type === 'knowledge-retrieval' && sealsDatasetIds) return mapDatasetIds(data, (id) => encryptDatasetId(tenantId, id))
    return includesSecrets ? data : withoutSecrets(type, data)
  })
}

/** Ids of knowledge that is not this workspace's are dropped. */
export const toImportedGraph = (graph: Dict, tenantId: string): Dict =>
  mapNodeData(graph, (type, data) => (type === 'knowledge-retrieval' ? mapDatasetIds(data, (id) => decryptDatasetId(tenantId, id)) : data))

function mapDatasetIds(data: Dict, change: (id: string) => string | undefined): Dict {
  const ids = getKey(data, 'dataset_ids') ?? null
  if (!isList(ids)) return data
  return { ...data, dataset_ids: ids.flatMap((id): Value[] => (typeof id === 'string' ? [change(id) ?? []].flat() : [])) }
}

function withoutSecrets(type: string, data: Dict): Dict {
  switch (type) {
    case 'tool':
      return withoutCredential(data)
    case 'agent':
      return mapAgentTools(data, withoutCredential)
    case 'trigger-schedule':
      return { ...data, config: defaultSchedule }
    case 'trigger-webhook':
      return { ...data, webhook_url: '', webhook_debug_url: '' }
    case 'trigger-plugin':
      return { ...data, subscription_id: '' }
    case 'start':
      return withoutUploads(data)
    default:
      return data
  }
}

const defaultSchedule: Dict = {
  type: 'trigger-schedule',
  mode: 'visual',
  frequency: 'daily',
  visual_config: { time: '11:30 AM', on_minute: 0, weekdays: ['sun'], monthly_days: [1] },
  cron_expression: '',
  timezone: 'UTC',
}

/** Uploads stay behind: a default that names one would name nothing elsewhere. */
function withoutUploads(data: Dict): Dict {
  const variables = getKey(data, 'variables') ?? null
  if (!isList(variables)) return data
  return {
    ...data,
    variables: variables.map((variable) => {
      if (!isDict(variable) || !/^file(?:-list)?$/.test(textOf(variable, 'type'))) return variable
      const given = getKey(variable, 'default') ?? null
      if (isList(given)) return { ...variable, default: given.filter((file) => !isUpload(file)) }
      return isUpload(given) ? without(variable, new Set(['default'])) : variable
    }),
  }
}

const isUpload = (file: Value): boolean =>
  isDict(file) && (getKey(file, 'transfer_method') === 'local_file' || 'upload_file_id' in file || 'uploadedId' in file)

/** Credentials of a basic app's tools stay behind. */
export function toExportedConfig(config: Dict): Dict {
  const agent = dictOf(config, 'agent_mode')
  const tools = getKey(agent, 'tools') ?? null
  if (!isList(tools)) return config
  const list = tools.map((tool) => (isDict(tool) ? withoutCredential(tool) : tool))
  return { ...config, agent_mode: { ...agent, tools: list } }
}
