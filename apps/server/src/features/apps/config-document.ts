import { createHash } from 'node:crypto'
import type { ModelConfig } from '@trellis/contracts'
import type { BasicMode } from './apps.policy.ts'

/** Keys that an app shows with its configuration but that are no part of it: sent back, they are dropped. */
const readOnlyKeys: ReadonlySet<string> = new Set(['annotation_reply', 'created_by', 'created_at', 'updated_by', 'updated_at'])

/**
 * Keys that only the other mode uses, which Dify too drops when it saves. Keys that we do not know stay, and so does whatever may name
 * knowledge: old files of text generators keep theirs in `agent_mode`.
 */
const unusedKeys: Readonly<Record<BasicMode, ReadonlySet<string>>> = {
  chat: new Set(['more_like_this']),
  completion: new Set([
    'opening_statement',
    'suggested_questions',
    'suggested_questions_after_answer',
    'speech_to_text',
    'retriever_resource',
  ]),
}

const without = (config: ModelConfig, keys: ReadonlySet<string>): ModelConfig =>
  // Only optional sections are ever left out: `model`, the one required key, is in neither set.
  Object.fromEntries(Object.entries(config).filter(([key]) => !keys.has(key))) as ModelConfig

export const dropReadOnlyKeys = (config: ModelConfig): ModelConfig => without(config, readOnlyKeys)

/** What of a configuration a mode uses. */
export const keepKeysOf = (mode: BasicMode, config: ModelConfig): ModelConfig => without(dropReadOnlyKeys(config), unusedKeys[mode])

/** Names a configuration by its content: the order of keys does not matter. */
export const hashConfig = (config: ModelConfig): string => createHash('sha256').update(canonicalJson(config)).digest('hex')

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
