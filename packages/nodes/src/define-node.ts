import type { NodeContext, NodeDefinition, NodeOutcome, NodeType } from '@trellis/spec'
import type { z } from 'zod'

type Definition<Config> = Pick<NodeDefinition<Config>, 'type' | 'config'> & Partial<NodeDefinition<Config>>

/** A node type with what most nodes have in common: version 1, nothing to wait for, no retries. */
export function defineNode<Config>(
  definition: Definition<Config> & { readonly config: z.ZodType<Config> },
  execute: (context: NodeContext<Config>) => NodeOutcome | Promise<NodeOutcome>,
): NodeType<Config> {
  return {
    definition: { version: '1', executionClass: 'executable', canRetry: false, effect: () => 'pure', inputs: () => ({}), ...definition },
    execute,
  }
}
