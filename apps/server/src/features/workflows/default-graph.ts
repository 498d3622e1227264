import type { Dict } from '@trellis/values'
import type { DefaultModel } from './workflow-apps.ts'

interface Block {
  readonly id: string
  readonly data: Dict
}

/** A start and an end: the end's outputs are for its author to name. */
export const newWorkflowGraph = (): Dict =>
  inARow([
    { id: 'start', data: { type: 'start', title: 'Start', desc: '', variables: [] } },
    { id: 'end', data: { type: 'end', title: 'End', desc: '', outputs: [] } },
  ])

/** A chatflow that answers, with the workspace's model where there is one. */
export const newChatflowGraph = (model: DefaultModel | undefined): Dict =>
  inARow([
    { id: 'start', data: { type: 'start', title: 'Start', desc: '', variables: [] } },
    { id: 'llm', data: llmData(model) },
    { id: 'answer', data: { type: 'answer', title: 'Answer', desc: '', variables: [], answer: '{{#llm.text#}}' } },
  ])

const llmData = (model: DefaultModel | undefined): Dict => ({
  type: 'llm',
  title: 'LLM',
  desc: '',
  variables: [],
  model: { provider: model?.provider ?? '', name: model?.name ?? '', mode: 'chat', completion_params: { temperature: 0.7 } },
  prompt_template: [{ role: 'system', text: '' }],
  context: { enabled: false, variable_selector: [] },
  vision: { enabled: false },
  memory: { window: { enabled: false, size: 10 }, query_prompt_template: '{{#sys.query#}}\n\n{{#sys.files#}}' },
})

const STEP_PX = 300

/** One block after the other, from the left to the right. */
export function inARow(blocks: readonly Block[]): Dict {
  const nodes = blocks.map(({ id, data }, index): Dict => {
    const position = { x: 80 + index * STEP_PX, y: 282 }
    return { id, type: 'custom', data, position, sourcePosition: 'right', targetPosition: 'left' }
  })
  const edges = blocks.slice(1).map(({ id: target, data }, index): Dict => {
    const source = blocks[index]
    const types = { sourceType: source?.data['type'] ?? '', targetType: data['type'] ?? '' }
    const ends = { source: source?.id ?? '', sourceHandle: 'source', target, targetHandle: 'target' }
    return { id: `${source?.id}-${target}`, type: 'custom', ...ends, data: { ...types, isInIteration: false, isInLoop: false } }
  })
  return { nodes, edges, viewport: { x: 0, y: 0, zoom: 1 } }
}

/** What a new chatflow or workflow offers its callers: nothing beyond answers. */
export const newFeatures = (): Dict => ({
  opening_statement: '',
  suggested_questions: [],
  suggested_questions_after_answer: { enabled: false },
  speech_to_text: { enabled: false },
  text_to_speech: { enabled: false, voice: '', language: '' },
  retriever_resource: { enabled: true },
  sensitive_word_avoidance: { enabled: false },
  file_upload: { enabled: false },
})
