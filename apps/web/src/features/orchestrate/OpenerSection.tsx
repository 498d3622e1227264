import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton, TextField } from '../../design/index.ts'
import { parseUserInputForm } from '../app/user-input-form.ts'
import { CitationsSwitch } from './FeatureSwitches.tsx'
import { FollowUpFeature } from './FollowUpFeature.tsx'
import { PromptEditor } from './prompt/PromptEditor.tsx'
import { Section } from './Section.tsx'
import { useConfig } from './useConfig.ts'

const MAX_QUESTIONS = 10

export function OpenerSection() {
  const { t } = useTranslation('orchestrate')
  const { config, patch, isReadOnly } = useConfig()
  const questions = config.suggested_questions
  const setQuestions = (next: readonly string[]) => patch({ suggested_questions: [...next] })
  return (
    <>
      <Section title={t('opener.title')} hint={t('opener.hint')}>
        <PromptEditor
          size="s"
          value={config.opening_statement}
          onValueChange={(opening_statement) => patch({ opening_statement })}
          known={parseUserInputForm(config.user_input_form).map((variable) => variable.variable)}
          label={t('opener.title')}
          placeholder={t('opener.placeholder', { skipInterpolation: true })}
          isReadOnly={isReadOnly}
        />
        <ul className="flex flex-col gap-1.5">
          {questions.map((question, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are edited in place; their text may repeat while typing
            <li key={position} className="flex gap-1">
              <TextField
                className="flex-1"
                aria-label={t('opener.question', { number: position + 1 })}
                placeholder={t('opener.questionPlaceholder')}
                readOnly={isReadOnly}
                value={question}
                onValueChange={(text) => setQuestions(questions.map((old, index) => (index === position ? text : old)))}
              />
              {!isReadOnly && (
                <IconButton
                  label={t('opener.removeQuestion', { number: position + 1 })}
                  onClick={() => setQuestions(questions.filter((_, index) => index !== position))}
                >
                  <X size={14} aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
        {!isReadOnly && questions.length < MAX_QUESTIONS && (
          <Button
            size="s"
            variant="ghost"
            className="self-start"
            icon={<Plus size={14} aria-hidden />}
            onClick={() => setQuestions([...questions, ''])}
          >
            {t('opener.addQuestion')}
          </Button>
        )}
      </Section>
      <Section title={t('features.title')}>
        <FollowUpFeature />
        <CitationsSwitch />
      </Section>
    </>
  )
}
