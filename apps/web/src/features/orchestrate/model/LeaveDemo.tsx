import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { ModelChoice } from '../../../api/types/apps.ts'
import { Button } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { isDemo, toChoice } from '../../models/model-choices.ts'
import { defaultModelQuery } from '../../models/queries.ts'
import { useModelOption } from '../../models/useModelOption.ts'

/** An app keeps the model it was made with: one made before there was a real model is offered the one that is there now. */
export function LeaveDemo({ onChoose }: { readonly onChoose: (model: ModelChoice) => void }) {
  const { t } = useTranslation('orchestrate')
  const text = useLocalizedText()
  const { data } = useQuery(defaultModelQuery(useApi(), 'llm'))
  const option = useModelOption(data?.provider.provider ?? '', data?.model ?? '')
  if (!option || isDemo(option.provider.provider)) return null
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-s text-ink-2">
      {t('model.onDemo')}
      <Button size="s" onClick={() => onChoose(toChoice(option))}>
        {t('model.leaveDemo', { model: text(option.model.label, option.model.model) })}
      </Button>
    </p>
  )
}
