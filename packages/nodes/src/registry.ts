import type { NodeType } from '@trellis/spec'
import { answerNode } from './answer/node.ts'
import { codeNode } from './code/node.ts'
import { endNode } from './end/node.ts'
import { httpRequestNode } from './http-request/node.ts'
import { llmNode } from './llm/node.ts'
import { startNode } from './start/node.ts'
import { templateTransformNode } from './template-transform/node.ts'

/** Every node type, a line each. */
const nodeTypes: readonly NodeType[] = [startNode, endNode, answerNode, codeNode, templateTransformNode, httpRequestNode, llmNode]

export const listNodeTypes = (): readonly NodeType[] => nodeTypes

const byType = Map.groupBy(nodeTypes, ({ definition }) => definition.type)

/** The type of that version, or the newest where there is none of it; undefined for an unknown type. */
export function findNodeType(type: string, version: string): NodeType | undefined {
  const versions = byType.get(type)
  return versions?.find(({ definition }) => definition.version === version) ?? versions?.at(-1)
}
