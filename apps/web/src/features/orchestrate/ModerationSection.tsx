import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Switch } from '../../design/index.ts'
import { lazyDialog } from '../../lazy-dialog.tsx'
import {
  isFaultless,
  keywordsOf,
  type ModerationSettings,
  readModerationSettings,
  writeModerationSettings,
} from '../moderation/moderation-settings.ts'
import { Section } from './Section.tsx'
import { useConfig } from './useConfig.ts'

const ModerationDialog = lazyDialog(() => import('../moderation/ModerationDialog.tsx').then((module) => module.ModerationDialog))

/** What a chat or text app shall not hear or say. Switched on for the first time it asks what that is. */
export function ModerationSection() {
  const { t } = useTranslation('orchestrate')
  const { config, patch, isReadOnly } = useConfig()
  const [isOpen, setOpen] = useState(false)
  const stored = config.sensitive_word_avoidance
  const settings = readModerationSettings(stored)
  const save = (next: ModerationSettings) => patch({ sensitive_word_avoidance: writeModerationSettings(stored, next) })
  const turn = (isOn: boolean) => {
    if (!isOn || isFaultless(settings)) patch({ sensitive_word_avoidance: { ...stored, enabled: isOn } })
    else setOpen(true)
  }
  return (
    <Section title={t('moderation.title')}>
      <div className="rounded-md border border-line bg-surface px-3 py-2.5">
        <Switch
          label={t('moderation.switch')}
          hint={t('moderation.hint')}
          disabled={isReadOnly}
          checked={settings.isOn}
          onCheckedChange={turn}
        />
        {settings.isOn && (
          <div className="mt-2.5 flex items-center gap-3 border-t border-line pt-2.5">
            <Summary settings={settings} />
            {!isReadOnly && (
              <Button size="s" icon={<SlidersHorizontal size={14} aria-hidden />} onClick={() => setOpen(true)}>
                {t('moderation.settings')}
              </Button>
            )}
          </div>
        )}
      </div>
      {isOpen && (
        <ModerationDialog
          settings={settings}
          onSave={(next) => {
            save(next)
            setOpen(false)
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </Section>
  )
}

function Summary({ settings }: { readonly settings: ModerationSettings }) {
  const { t } = useTranslation('orchestrate')
  if (!isFaultless(settings)) return <p className="flex-1 text-s text-warn">{t('moderation.unfinished')}</p>
  const { inputs, outputs } = settings
  const oneSide = inputs.isOn ? 'inputs' : 'outputs'
  const sides = inputs.isOn && outputs.isOn ? 'both' : oneSide
  return (
    <p className="flex-1 text-s text-ink-2">
      <Judge settings={settings} /> · {t(`moderation.sides.${sides}`)}
    </p>
  )
}

function Judge({ settings: { type, keywords } }: { readonly settings: ModerationSettings }) {
  const { t } = useTranslation('orchestrate')
  if (type === 'keywords') return t('moderation.byKeywords', { count: keywordsOf(keywords).length })
  return t(type === 'api' ? 'moderation.byExtension' : 'moderation.byModel')
}
