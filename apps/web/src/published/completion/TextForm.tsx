import type { FileInput } from '@trellis/contracts'
import { Sparkles } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormVariable } from '../../features/app/user-input-form.ts'
import { readAttachmentRules } from '../../features/attachments/attachment-rules.ts'
import { InputsForm } from '../../features/form/InputsForm.tsx'
import { useForm } from '../../features/form/useForm.ts'
import { useFormFiles } from '../../features/form/useFormFiles.ts'
import { usePublishedApp } from '../published-app.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'

export interface TextFormProps {
  readonly variables: readonly FormVariable[]
  readonly isWriting: boolean
  readonly onRun: (inputs: Record<string, unknown>, files: FileInput[]) => void
  readonly onStop: () => void
}

/** The app's variables, and the button that makes a text of them. */
export function TextForm({ variables, isWriting, onRun, onStop }: TextFormProps) {
  const { t } = useTranslation('published')
  const { parameters } = usePublishedApp()
  return (
    <InputsForm
      form={useForm(variables)}
      files={useFormFiles(useMemo(() => readAttachmentRules(parameters.file_upload), [parameters]))}
      isRunning={isWriting}
      onRun={onRun}
      onStop={onStop}
      textOf={useVisitorErrorText()}
      run={{ label: t('text.run'), icon: <Sparkles size={15} aria-hidden /> }}
      stopLabel={t('text.stop')}
      clearLabel={t('text.clear')}
    />
  )
}
