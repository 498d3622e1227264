import type { Clock, CodeCaller, Egress, Extractor, FileService, NodeLimits, NodeServices } from '@trellis/spec'
import { absentAgents, absentKnowledge } from './absent-services.ts'
import type { BuiltinProvider } from './builtin-tools/builtin-tool.ts'
import { builtinProviders } from './builtin-tools/registry.ts'
import { createCodeService } from './code-service.ts'
import { createDocumentService } from './document-service.ts'
import { createToolService } from './tool-service.ts'

export interface WorldDependencies {
  readonly clock: Clock
  readonly sandbox: CodeCaller
  readonly egress: Egress
  readonly extractor: Extractor
  readonly limits: NodeLimits
  /** Beside those that are built in. */
  readonly toolProviders?: readonly BuiltinProvider[]
}

type WorldServices = Pick<NodeServices, 'code' | 'http' | 'documents' | 'knowledge' | 'tools' | 'agents' | 'limits'>

/** What nodes reach beside models, memory and files; the same for every run, but for whose files may be read. */
export function createWorldServices({
  clock,
  sandbox,
  egress,
  extractor,
  limits,
  toolProviders = [],
}: WorldDependencies): (files: FileService) => WorldServices {
  const shared = {
    code: createCodeService(sandbox),
    http: egress,
    knowledge: absentKnowledge,
    tools: createToolService({ providers: [...builtinProviders, ...toolProviders], clock }),
    agents: absentAgents,
    limits,
  }
  return (files) => ({ ...shared, documents: createDocumentService({ files, extractor }) })
}
