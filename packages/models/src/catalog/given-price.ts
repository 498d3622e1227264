import type { CredentialField, Credentials, LocalizedText, ModelPricing, ModelType, ProviderDefinition } from '@trellis/spec'

/** Kinds of models that are paid by their tokens. */
const pricedTypes = ['llm', 'text-embedding', 'rerank'] as const satisfies readonly ModelType[]
const NANO = 1e9

const priceField = (variable: string, label: LocalizedText, type: ModelType, help?: LocalizedText): CredentialField => ({
  variable,
  label,
  type: 'text-input',
  required: false,
  format: 'amount',
  placeholder: { en_US: '0.00' },
  show_on: [{ variable: '__model_type', value: type }],
  ...(help ? { help } : {}),
})

const help: LocalizedText = {
  en_US: 'What costs and budgets reckon with. Empty: unknown; 0: free, as on a server of your own.',
  zh_Hans: '用于计算费用和预算。留空表示未知，0 表示免费（例如自己的服务器）。',
}
const inputLabel: LocalizedText = { en_US: 'Price of a million input tokens (USD)', zh_Hans: '每百万输入 token 的价格（美元）' }
const outputLabel: LocalizedText = { en_US: 'Price of a million output tokens (USD)', zh_Hans: '每百万输出 token 的价格（美元）' }

/** Under the names that Dify's own providers read prices by. */
const priceFields: readonly CredentialField[] = [
  ...pricedTypes.map((type) => priceField('input_price', inputLabel, type, type === 'llm' ? undefined : help)),
  priceField('output_price', outputLabel, 'llm', help),
]

/** Whoever adds a model knows what it costs; no catalogue does. */
export const withPriceFields = (provider: ProviderDefinition): ProviderDefinition =>
  provider.configurateMethods.includes('customizable-model')
    ? { ...provider, modelCredentialFields: [...provider.modelCredentialFields, ...priceFields] }
    : provider

/** What the form of an added model says of its price; undefined where it says nothing. One of two that is left empty is free. */
export function readGivenPrice(type: ModelType, { input_price: input, output_price: output }: Credentials): ModelPricing | undefined {
  const given = [input, type === 'llm' ? output : undefined].map((text) => text?.trim() || undefined)
  if (!pricedTypes.some((priced) => priced === type) || given.every((text) => text === undefined)) return undefined
  const [inputNano = 0, outputNano = 0] = given.map((text) => Math.round(Number(text ?? 0) * NANO))
  if (!Number.isFinite(inputNano) || !Number.isFinite(outputNano)) return undefined
  return { inputNano, outputNano, perTokens: 1_000_000, currency: 'USD' }
}
