import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dialog, Tabs } from '../../design/index.ts'
import { useLossOfTexts } from '../../lazy-dialog.tsx'
import { JudgingExtension } from './JudgingExtension.tsx'
import { JudgingModel } from './JudgingModel.tsx'
import { KeywordsField } from './KeywordsField.tsx'
import { ModeratedSide } from './ModeratedSide.tsx'
import { findModerationFaults, isFaultless, type ModerationSettings, moderationTypes } from './moderation-settings.ts'
import { useModerationTexts } from './useModerationTexts.ts'

export interface ModerationDialogProps {
  readonly settings: ModerationSettings
  /** Given settings that work, switched on. */
  readonly onSave: (settings: ModerationSettings) => void
  readonly onClose: () => void
  readonly isSaving?: boolean
  /** Of a chatflow, whose visitors get it with the next publication. */
  readonly isOfFlow?: boolean
  /** Where the dialog is the only place that switches it off. */
  readonly onSwitchOff?: (() => void) | undefined
}

/** Who judges, what is looked at, and what is answered instead. Nothing counts before it is saved. */
export function ModerationDialog(props: ModerationDialogProps) {
  const texts = useModerationTexts()
  useLossOfTexts(texts, props.onClose)
  return texts.data === undefined ? null : <Form {...props} />
}

function Form({ settings: initial, onSave, onClose, isSaving = false, isOfFlow = false, onSwitchOff }: ModerationDialogProps) {
  const { t } = useTranslation(['moderation', 'common'])
  const [settings, setSettings] = useState(() => (isNew(initial) ? { ...initial, inputs: { ...initial.inputs, isOn: true } } : initial))
  const [isTried, setTried] = useState(false)
  const faults = findModerationFaults(settings)
  const change = (part: Partial<ModerationSettings>) => setSettings((before) => ({ ...before, ...part }))
  const submit = () => {
    setTried(true)
    if (isFaultless(settings)) onSave({ ...settings, isOn: true })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(next) => !next && onClose()}
      title={t('title')}
      description={t(isOfFlow ? 'leadOfDraft' : 'lead')}
      width="m"
      onSubmit={submit}
      footer={
        <>
          {onSwitchOff && (
            <Button variant="ghost" className="mr-auto -ml-2.75" disabled={isSaving} onClick={onSwitchOff}>
              {t('switchOff')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={isSaving}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Tabs<string>
          label={t('provider')}
          // A type that this version does not know has no tab.
          value={settings.type}
          onValueChange={(type) => change({ type })}
          items={moderationTypes.map((type) => ({ value: type, label: t(`types.${type}`) }))}
        />
        {faults.type && <Fault>{t(`faults.${faults.type}`)}</Fault>}
        {settings.type === 'keywords' && (
          <KeywordsField
            value={settings.keywords}
            onChange={(keywords) => change({ keywords })}
            fault={isTried || faults.keywords !== 'noKeywords' ? faults.keywords : undefined}
          />
        )}
        {settings.type === 'openai_moderation' && <JudgingModel />}
        {settings.type === 'api' && (
          <JudgingExtension
            extensionId={settings.extensionId}
            onChange={(extensionId) => change({ extensionId })}
            error={isTried && faults.extension ? t(`faults.${faults.extension}`) : undefined}
          />
        )}
      </div>
      <div className="flex flex-col gap-2">
        {(['inputs', 'outputs'] as const).map((name) => (
          <ModeratedSide
            key={name}
            name={name}
            side={settings[name]}
            isPresetOptional={settings.type === 'api'}
            onChange={(side) => change({ [name]: side })}
            fault={isTried || faults[name] !== 'noPreset' ? faults[name] : undefined}
          />
        ))}
        {isTried && faults.sides && <Fault>{t(`faults.${faults.sides}`)}</Fault>}
      </div>
    </Dialog>
  )
}

/** Nobody has chosen yet; what people send is what most want to have looked at. */
const isNew = ({ inputs, outputs }: ModerationSettings): boolean => !inputs.isOn && !outputs.isOn

function Fault({ children }: { readonly children: ReactNode }) {
  return (
    <p role="alert" className="text-s text-bad">
      {children}
    </p>
  )
}
