import { Braces, Plus } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, CopyButton, Menu } from '../../../design/index.ts'
import { useApp } from '../../app/app-context.ts'
import { findVariables } from '../../app/prompt-variables.ts'
import { newVariable, parseUserInputForm, toUserInputForm } from '../../app/user-input-form.ts'
import { externalVariables } from '../../external-data/external-data-tools.ts'
import { Section } from '../Section.tsx'
import { useConfig } from '../useConfig.ts'
import { PromptEditor, type PromptEditorHandle } from './PromptEditor.tsx'
import { WriteButton } from './WriteButton.tsx'

export function PromptSection() {
  const { t } = useTranslation('orchestrate')
  const { app } = useApp()
  const { config, patch, isReadOnly } = useConfig()
  const editor = useRef<PromptEditorHandle>(null)
  const { user_input_form, external_data_tools } = config
  const names = useMemo(
    () => [
      ...parseUserInputForm(user_input_form).map(({ variable }) => variable),
      ...externalVariables({ user_input_form, external_data_tools }),
    ],
    [user_input_form, external_data_tools],
  )
  return (
    <Section
      title={t(app.mode === 'chat' ? 'prompt.chatTitle' : 'prompt.completionTitle')}
      hint={t('prompt.hint')}
      actions={
        <>
          {!isReadOnly && <WriteButton />}
          <CopyButton text={config.pre_prompt} />
          {!isReadOnly && (
            <Menu
              trigger={
                <Button size="s" variant="ghost" icon={<Braces size={14} aria-hidden />} disabled={names.length === 0}>
                  {t('prompt.insert')}
                </Button>
              }
              groups={[names.map((name) => ({ label: name, onSelect: () => editor.current?.insert(name) }))]}
            />
          )}
        </>
      }
    >
      <PromptEditor
        ref={editor}
        value={config.pre_prompt}
        onValueChange={(pre_prompt) => patch({ pre_prompt })}
        known={names}
        label={t('prompt.label')}
        placeholder={t(app.mode === 'chat' ? 'prompt.chatPlaceholder' : 'prompt.completionPlaceholder', { skipInterpolation: true })}
        isReadOnly={isReadOnly}
      />
      {!isReadOnly && <NewVariables />}
    </Section>
  )
}

/** Names that the texts use and the form does not have: one click adds them. */
function NewVariables() {
  const { t } = useTranslation('orchestrate')
  const { config, patch } = useConfig()
  const variables = parseUserInputForm(config.user_input_form)
  const known = new Set([...variables.map(({ variable }) => variable), ...externalVariables(config)])
  const missing = findVariables(config.pre_prompt, config.opening_statement).filter((name) => !known.has(name))
  if (missing.length === 0) return null
  const add = (names: readonly string[]) =>
    patch({ user_input_form: toUserInputForm([...variables, ...names.map((name) => newVariable(name))], config.user_input_form) })
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 rounded-sm bg-warn-soft px-3 py-1.5 text-s">
      <span className="text-ink-2">{t('prompt.undefined', { count: missing.length })}</span>
      {missing.map((name) => (
        <Button key={name} size="s" icon={<Plus size={13} aria-hidden />} onClick={() => add([name])}>
          <span className="font-mono">{name}</span>
        </Button>
      ))}
      {missing.length > 1 && (
        <Button size="s" variant="ghost" onClick={() => add(missing)}>
          {t('prompt.addAll')}
        </Button>
      )}
    </div>
  )
}
