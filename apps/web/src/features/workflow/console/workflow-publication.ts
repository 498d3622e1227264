import type { WorkflowDraft, WorkflowVersion } from '../../../api/workflows-api.ts'
import type { Publication } from '../../app/publication.ts'

/** `published` is null before the first publication. The hash is that of the graph alone. */
export function readPublication(draft: WorkflowDraft, published: WorkflowVersion | null): Publication {
  if (published === null) return 'never'
  return contentOf(draft) === contentOf(published) ? 'current' : 'changed'
}

type Content = Pick<WorkflowDraft, 'hash' | 'features' | 'environment_variables' | 'conversation_variables'>

const contentOf = ({ hash, features, environment_variables, conversation_variables }: Content): string =>
  JSON.stringify([hash, features, environment_variables, conversation_variables])
