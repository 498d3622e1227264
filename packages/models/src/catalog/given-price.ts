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
  en_US: 'Costs and budgets reckon with both prices. Empty: unknown; 0: free, as on a server of your own.',
  zh_Hans: '用于计算费用和预算。留空表示未知，0 表示免费（例如自己的服务器）。',
}
const inputLabel: LocalizedText = { en_US: 'Price of a million input tokens (USD)', zh_Hans: '每百万输入 token 的价格（美元）' }
const outputLabel: LocalizedText = { en_US: 'Price of a million output tokens (USD)', zh_Hans: '每百万输出 token 的价格（美元）' }

/** Dify's own providers know the first two names, beside a unit and a currency, which are not read: these are dollars for a million. */
const priceFields: readonly CredentialField[] = [
  ...pricedTypes.map((type) => priceField('input_price', inputLabel, type, type === 'llm' ? undefined : help)),
  priceField('output_price', outputLabel, 'llm', help),
]

/** Whoever adds a model knows what it costs; no catalogue does. */
export const withPriceFields = (provider: ProviderDefinition): ProviderDefinition =>
  provider.configurateMethods.includes('customizable-model')
    ? { ...provider, modelCredentialFields: [...provider.modelCredentialFields, ...priceFields] }
    : provider

const isGiven = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''

/** Of a model that is paid for what it reads and what it writes, the price that is left out where the other one is given. */
export function findMissingPrice(type: ModelType, { input_price: input, output_price: output }: Credentials): string | undefined {
  if (type !== 'llm' || isGiven(input) === isGiven(output)) return undefined
  return isGiven(input) ? 'output_price' : 'input_price'
}

/** What the form of an added model says of its price; undefined where it says nothing, or only half. */
export function readGivenPrice(type: ModelType, { input_price: input, output_price: output }: Credentials): ModelPricing | undefined {
  if (!pricedTypes.some((priced) => priced === type)) return undefined
  const given = type === 'llm' ? [input, output] : [input]
  if (!given.every(isGiven)) return undefined
  const [inputNano = 0, outputNano = 0] = given.map((text) => Math.round(Number(text) * NANO))
  return inputNano >= 0 && outputNano >= 0 ? { inputNano, outputNano, perTokens: 1_000_000, currency: 'USD' } : undefined
}
