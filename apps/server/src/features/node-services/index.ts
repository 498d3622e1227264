import type { Db } from '@trellis/db'
import type { NodeServices, RunFacts, Storage } from '@trellis/spec'
import type { FileLinks } from '../files/index.ts'
import type { Asker, ModelCaller, ModelGateway } from '../models/index.ts'
import type { Attachments } from '../turns/index.ts'
import type { BuiltinProvider } from './builtin-tools/builtin-tool.ts'
import { builtinProviders } from './builtin-tools/registry.ts'
import { createNodeFiles, type NodeFileDependencies } from './files.service.ts'
import { createNodeMemory } from './memory.service.ts'
import { createNodeModels } from './models.service.ts'
import { findTool } from './tool-service.ts'
import { createWorldServices, type WorldDependencies } from './world-services.ts'

export interface NodeServiceDependencies extends WorldDependencies {
  readonly db: Db
  readonly storage: Storage
  readonly gateway: ModelGateway
  readonly attachments: Attachments
  readonly files: NodeFileDependencies['files']
  readonly fileLinks: FileLinks
  /** Whether models get files by address instead of as bytes. */
  readonly sendsUrls: boolean
}

/** What the nodes of a run may ask of the world, bound to the run's workspace, user and conversation. */
export function createNodeServices(dependencies: NodeServiceDependencies): (run: RunFacts, asker: Asker) => NodeServices {
  const { db, gateway, attachments, storage, files, fileLinks, sendsUrls } = dependencies
  const world = createWorldServices(dependencies)
  return (run, asker) => {
    const nodeFiles = createNodeFiles({ db, storage, files, fileLinks, sendsUrls, run })
    return {
      ...world(nodeFiles),
      models: createNodeModels({ gateway, caller: toCaller(run, asker) }),
      memory: createNodeMemory({ db, attachments, run }),
      files: nodeFiles,
    }
  }
}

const toCaller = ({ tenantId, appId, runId, messageId }: RunFacts, asker: Asker): ModelCaller => ({
  ...asker,
  tenantId,
  appId,
  runId,
  messageId: messageId ?? null,
  purpose: 'node',
})

/** Whether the server has a tool, by the names that graphs have for it. */
export const hasTool =
  (more: readonly BuiltinProvider[] = []) =>
  ({ provider, ...named }: { readonly provider: string; readonly providerType: string; readonly tool: string }): boolean =>
    findTool([...builtinProviders, ...more], { ...named, providerId: provider }) !== undefined

export type { BuiltinProvider } from './builtin-tools/builtin-tool.ts'
export { toNodeLimits } from './node-limits.ts'
