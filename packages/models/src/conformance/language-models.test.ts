import { claimsOf } from './abilities.ts'
import { describeLanguageModel } from './describe-language-model.ts'
import { clientOf, serves, subjects } from './subjects.ts'

const FILES = ['document', 'audio', 'video'] as const

for (const subject of subjects.filter((each) => serves(each, 'llm'))) {
  const { provider, wire, model, supports } = subject
  if (wire === 'replicate') continue
  const claims = claimsOf(provider)
  describeLanguageModel({
    name: provider.id,
    wire,
    model,
    files: FILES.filter((type) => claims.includes(type)),
    ...(supports === undefined ? {} : { supports }),
    createClient: (options) => clientOf(subject, options),
  })
}
