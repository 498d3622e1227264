import type { WorkflowDraft, WorkflowVersion } from '../../../api/workflows-api.ts'

/** How the draft of a graph stands to what callers get. */
export type Publication = 'never' | 'changed' | 'current'

/** `published` is null before the first publication. The hash is that of the graph alone. */
export function readPublication(draft: WorkflowDraft, published: WorkflowVersion | null): Publication {
  if (published === null) return 'never'
  return contentOf(draft) === contentOf(published) ? 'current' : 'changed'
}

type Content = Pick<WorkflowDraft, 'hash' | 'features' | 'environment_variables' | 'conversation_variables'>

const contentOf = ({ hash, features, environment_variables, conversation_variables }: Content): string =>
  JSON.stringify([hash, features, environment_variables, conversation_variables])
