import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, useToast } from '../../../design/index.ts'
import { lazyDialog } from '../../../lazy-dialog.tsx'
import { useApp } from '../../app/app-context.ts'
import { useConfig } from '../useConfig.ts'

const PromptWriter = lazyDialog(() => import('./writer/PromptWriter.tsx').then((module) => module.PromptWriter))

/** Has a model write the prompt; its dialog comes with the first click. */
export function WriteButton() {
  const { t } = useTranslation('orchestrate')
  const { app } = useApp()
  const { config, patch } = useConfig()
  const toast = useToast()
  const [isOpen, setOpen] = useState(false)
  const accept = ({ prompt, opening }: { readonly prompt: string; readonly opening: string | null }) => {
    const { pre_prompt, opening_statement } = config
    patch({ pre_prompt: prompt, ...(opening !== null && { opening_statement: opening }) })
    setOpen(false)
    toast.success(t('prompt.written'), {
      label: t('undo', { ns: 'common' }),
      onSelect: () => patch({ pre_prompt, ...(opening !== null && { opening_statement }) }),
    })
  }
  return (
    <>
      <Button size="s" variant="ghost" icon={<Sparkles size={14} aria-hidden />} onClick={() => setOpen(true)}>
        {t('prompt.write')}
      </Button>
      {isOpen && (
        <PromptWriter
          kind={app.mode === 'completion' ? 'completion' : 'chat'}
          present={config.pre_prompt}
          hasOpening={(config.opening_statement ?? '').trim() !== ''}
          onAccept={accept}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
