import type { ToolMessage } from '@trellis/spec'
import type { BuiltinProvider } from '../../../features/node-services/index.ts'

const provider = (id: string, name: string, messages: readonly ToolMessage[]): BuiltinProvider => ({
  id,
  tools: [{ name, parameters: [{ name: 'query', type: 'string', isRequired: false }], call: () => messages }],
})

const parsed: readonly ToolMessage[] = [{ type: 'variable', name: 'result', value: { key: 'value', number: 42 }, isStream: false }]
const found: readonly ToolMessage[] = [{ type: 'text', text: 'a find' }]

/** Tools of our files and of the given ones, whose providers are not built in. */
export const fakeToolProviders: readonly BuiltinProvider[] = [
  provider('parser', 'read', parsed),
  provider('builtin', 'json_parse', parsed),
  provider('acme', 'search', found),
  provider('langgenius/perplexity/perplexity', 'perplexity', found),
]
