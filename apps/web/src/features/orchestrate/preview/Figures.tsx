import { useTranslation } from 'react-i18next'
import type { Usage } from '../../../api/types/conversations.ts'
import { useFormat } from '../../../i18n/useFormat.ts'

/** Tokens, time and cost of one answer. */
export function Figures({ usage }: { readonly usage: Usage | undefined }) {
  const { t } = useTranslation('orchestrate')
  const format = useFormat()
  if (!usage) return null
  const parts = [
    t('tokens', { ns: 'chat', count: usage.total_tokens, text: format.number(usage.total_tokens) }),
    t('preview.tokenDetail', { input: format.number(usage.prompt_tokens), output: format.number(usage.completion_tokens) }),
    format.duration(usage.latency),
    ...(Number(usage.total_price) > 0 ? [format.price(usage.total_price, usage.currency)] : []),
  ]
  return <span className="px-1 font-mono text-xs text-ink-3">{parts.join(' · ')}</span>
}
