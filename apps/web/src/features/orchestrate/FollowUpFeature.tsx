import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Field, IconButton, Switch, TextArea } from '../../design/index.ts'
import { ModelWithParameters } from './model/ModelWithParameters.tsx'
import { useConfig } from './useConfig.ts'

/** What the server takes. */
const MAX_PROMPT = 1000

/** Whether a chatbot suggests what to ask next; by which model, and how. */
export function FollowUpFeature() {
  const { t } = useTranslation('orchestrate')
  const { config, patch, isReadOnly } = useConfig()
  const section = config.suggested_questions_after_answer
  const { enabled, prompt } = section
  const chosen = section.model ? { ...section.model, completion_params: section.model.completion_params ?? {} } : undefined
  const change = (part: Partial<typeof section>) => patch({ suggested_questions_after_answer: { ...section, ...part } })
  return (
    <div className="rounded-md border border-line bg-surface px-3 py-2.5">
      <Switch
        label={t('features.followUp')}
        hint={t('features.followUpHint')}
        disabled={isReadOnly}
        checked={enabled}
        onCheckedChange={(next) => change({ enabled: next })}
      />
      {enabled && (
        <div className="mt-3 flex flex-col gap-3 border-t border-line pt-3">
          <Field label={t('features.followUpModel')}>
            <div className="flex gap-2">
              <ModelWithParameters
                label={t('features.followUpModel')}
                model={chosen}
                isReadOnly={isReadOnly}
                onChange={(model) => change({ model })}
                noneText={t('features.followUpDefaultModel')}
              />
              {chosen && !isReadOnly && (
                <IconButton label={t('features.followUpUseDefault')} onClick={() => change({ model: null })}>
                  <X size={14} aria-hidden />
                </IconButton>
              )}
            </div>
          </Field>
          <TextArea
            label={t('features.followUpPrompt')}
            aside={t('optional', { ns: 'common' })}
            placeholder={t('features.followUpPromptPlaceholder')}
            rows={2}
            maxLength={MAX_PROMPT}
            readOnly={isReadOnly}
            value={prompt ?? ''}
            onValueChange={(text) => change({ prompt: text === '' ? null : text })}
          />
        </div>
      )}
    </div>
  )
}
