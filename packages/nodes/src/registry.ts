import type { NodeType } from '@trellis/spec'
import { agentNode } from './agent/node.ts'
import { answerNode } from './answer/node.ts'
import { assignerNode } from './assigner/node.ts'
import { assignerV2Node } from './assigner-v2/node.ts'
import { codeNode } from './code/node.ts'
import { documentExtractorNode } from './document-extractor/node.ts'
import { endNode } from './end/node.ts'
import { httpRequestNode } from './http-request/node.ts'
import { humanInputNode } from './human-input/node.ts'
import { ifElseNode } from './if-else/node.ts'
import { iterationNode } from './iteration/node.ts'
import { iterationStartNode } from './iteration-start/node.ts'
import { knowledgeRetrievalNode } from './knowledge-retrieval/node.ts'
import { listOperatorNode } from './list-operator/node.ts'
import { llmNode } from './llm/node.ts'
import { loopNode } from './loop/node.ts'
import { loopEndNode } from './loop-end/node.ts'
import { loopStartNode } from './loop-start/node.ts'
import { parameterExtractorNode } from './parameter-extractor/node.ts'
import { questionClassifierNode } from './question-classifier/node.ts'
import { startNode } from './start/node.ts'
import { templateTransformNode } from './template-transform/node.ts'
import { toolNode } from './tool/node.ts'
import { triggerPluginNode } from './trigger-plugin/node.ts'
import { triggerScheduleNode } from './trigger-schedule/node.ts'
import { triggerWebhookNode } from './trigger-webhook/node.ts'
import { variableAggregatorNode, variableAssignerNode } from './variable-aggregator/node.ts'

/** Every node type, a line each. */
const nodeTypes: readonly NodeType[] = [
  startNode,
  endNode,
  answerNode,
  codeNode,
  templateTransformNode,
  httpRequestNode,
  llmNode,
  questionClassifierNode,
  parameterExtractorNode,
  ifElseNode,
  variableAggregatorNode,
  variableAssignerNode,
  assignerNode,
  assignerV2Node,
  listOperatorNode,
  iterationNode,
  iterationStartNode,
  loopNode,
  loopStartNode,
  loopEndNode,
  triggerWebhookNode,
  triggerScheduleNode,
  triggerPluginNode,
  documentExtractorNode,
  humanInputNode,
  knowledgeRetrievalNode,
  toolNode,
  agentNode,
]

export const listNodeTypes = (): readonly NodeType[] => nodeTypes

const byType = Map.groupBy(nodeTypes, ({ definition }) => definition.type)

/** The type of that version, or the newest where there is none of it; undefined for an unknown type. */
export function findNodeType(type: string, version: string): NodeType | undefined {
  const versions = byType.get(type)
  return versions?.find(({ definition }) => definition.version === version) ?? versions?.at(-1)
}
