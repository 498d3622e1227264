import type { CatalogModel, Credentials, ModelFeature, ModelType } from '@trellis/spec'
import { expandParameterRules } from '../catalog/parameters.ts'
import { jsonRule, maxTokensRule, penaltyRules, samplingRules, schemaRules, TOOLS } from './catalog-rows.ts'

const DEFAULT_CONTEXT = 4_096

const isYes = (value: string | undefined) => value === 'support' || value === 'supported' || value === 'true'

/** What a model is that somebody added by hand, from what its form says. */
export function describeCustomModel(model: string, type: ModelType, credentials: Credentials): CatalogModel {
  const label = { en_US: credentials.display_name?.trim() || model }
  const contextSize = countOf(credentials.context_size) ?? DEFAULT_CONTEXT
  if (type !== 'llm') {
    const voices = (credentials.voices ?? '')
      .split(',')
      .map((voice) => voice.trim())
      .filter((voice) => voice !== '')
    return {
      model,
      label,
      type,
      features: [],
      parameterRules: [],
      ...(type === 'text-embedding' || type === 'rerank' ? { contextSize } : {}),
      ...(type === 'tts' && voices.length > 0 ? { voices: voices.map((voice) => ({ mode: voice, name: voice, language: [] })) } : {}),
    }
  }
  const features = featuresOf(credentials)
  const maxOutputTokens = countOf(credentials.max_tokens_to_sample ?? credentials.max_tokens) ?? contextSize
  const formatRules = features.includes('structured-output') ? schemaRules : [jsonRule]
  return {
    model,
    label,
    type,
    features,
    mode: credentials.mode === 'completion' ? 'completion' : 'chat',
    contextSize,
    maxOutputTokens,
    parameterRules: expandParameterRules([...samplingRules, ...penaltyRules, maxTokensRule(maxOutputTokens), ...formatRules]),
  }
}

function featuresOf(credentials: Credentials): readonly ModelFeature[] {
  const { function_calling_type: toolCalling, stream_function_calling: toolStreaming } = credentials
  const hasTools = toolCalling === 'tool_call' || toolCalling === 'function_call' || isYes(credentials.function_call_support)
  const toolFeatures = toolStreaming === 'not_supported' ? TOOLS.filter((feature) => feature !== 'stream-tool-call') : TOOLS
  const claims: readonly (readonly [boolean, ModelFeature])[] = [
    [isYes(credentials.vision_support), 'vision'],
    [isYes(credentials.video_support), 'video'],
    [isYes(credentials.audio_support), 'audio'],
    [isYes(credentials.document_support), 'document'],
    [isYes(credentials.structured_output_support), 'structured-output'],
    [isYes(credentials.agent_thought_support) || credentials.agent_thought_support === 'only_thinking_supported', 'agent-thought'],
  ]
  return [...(hasTools ? toolFeatures : []), ...claims.flatMap(([isClaimed, feature]) => (isClaimed ? [feature] : []))]
}

function countOf(text: string | undefined): number | undefined {
  const count = Number(text)
  return Number.isInteger(count) && count > 0 ? count : undefined
}
