import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AppSite } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Card, cx, Field, Notice, Select, Switch, TextArea, TextField, useToast } from '../../design/index.ts'
import { languages } from '../../i18n/i18n.ts'
import { useApp } from '../app/app-context.ts'
import { appQuery } from '../app/queries.ts'
import { useSession } from '../session/useSession.ts'
import { IconPicker } from '../studio/IconPicker.tsx'
import { type DraftFault, findFaults, hasSteps, isChatMode, isSameSite, type SiteDraft, toDraft, toUpdate } from './site-draft.ts'
import { ThemeColorField } from './ThemeColorField.tsx'

/** What the page shows about itself and whom it lets in; an app without a page of its own has nothing to set. */
export function SiteForm() {
  const { app } = useApp()
  return app.site ? <LoadedSiteForm site={app.site} /> : null
}

function LoadedSiteForm({ site }: { readonly site: AppSite }) {
  const { t } = useTranslation('overview')
  const errorText = useErrorText()
  const { canEdit } = useSession()
  const [draft, setDraft] = useState(() => toDraft(site))
  const save = useSaveSite(draft)
  const faults = findFaults(draft)
  const parts: PartProps = {
    draft,
    set: (part) => setDraft((current) => ({ ...current, ...part })),
    faultText: (fault) => (faults.has(fault) ? t(`form.${fault}`) : null),
  }
  return (
    <Card className="p-5">
      <h3 className="mb-4 text-l font-semibold">{t('form.title')}</h3>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (faults.size === 0) save.mutate()
        }}
      >
        <fieldset disabled={!canEdit} className="flex flex-col gap-4">
          <NameFields {...parts} />
          <LookFields {...parts} />
          <SmallPrintFields {...parts} />
          {save.error && (
            <Notice tone="bad">
              {t('form.failed')}: {errorText(save.error)}
            </Notice>
          )}
          <div className="flex justify-end">
            <Button type="submit" variant="primary" disabled={isSameSite(draft, toDraft(site))} isBusy={save.isPending}>
              {t('form.save')}
            </Button>
          </div>
        </fieldset>
      </form>
    </Card>
  )
}

interface PartProps {
  readonly draft: SiteDraft
  readonly set: (part: Partial<SiteDraft>) => void
  readonly faultText: (fault: DraftFault) => string | null
}

function NameFields({ draft, set, faultText }: PartProps) {
  const { t } = useTranslation('overview')
  const { app } = useApp()
  const { canEdit } = useSession()
  return (
    <>
      <div className="flex flex-wrap items-start gap-3 max-sm:gap-y-4">
        <Field label={t('form.icon')}>
          <IconPicker value={draft.icon} onValueChange={(icon) => set({ icon })} />
        </Field>
        <TextField
          label={t('form.name')}
          required
          className="flex-1 basis-48"
          value={draft.title}
          onValueChange={(title) => set({ title })}
          error={faultText('nameMissing')}
        />
        <Select
          label={t('form.language')}
          className="w-40 max-sm:w-full"
          disabled={!canEdit}
          options={languages.map(({ code, name }) => ({ value: code as string, label: name }))}
          value={draft.default_language}
          onValueChange={(default_language) => set({ default_language })}
        />
      </div>
      <Select
        label={t('form.access')}
        disabled={!canEdit}
        options={(['public', 'private_all'] as const).map((value) => ({
          value,
          label: t(`form.accessModes.${value}.label`),
          hint: t(`form.accessModes.${value}.hint`),
        }))}
        value={draft.access_mode}
        onValueChange={(access_mode) => set({ access_mode })}
      />
      <TextArea
        label={t('form.description')}
        rows={2}
        placeholder={app.description || t('form.descriptionPlaceholder')}
        value={draft.description}
        onValueChange={(description) => set({ description })}
      />
    </>
  )
}

function LookFields({ draft, set, faultText }: PartProps) {
  const { t } = useTranslation('overview')
  const { canEdit } = useSession()
  const { mode } = useApp().app
  return (
    <>
      <div className={cx('grid items-start gap-4', isChatMode(mode) && 'grid-cols-2 max-sm:grid-cols-1')}>
        <ThemeColorField
          value={draft.chat_color_theme}
          onValueChange={(chat_color_theme) => set({ chat_color_theme })}
          error={faultText('colorInvalid')}
        />
        {isChatMode(mode) && (
          <TextField
            label={t('form.inputPlaceholder')}
            value={draft.input_placeholder}
            onValueChange={(input_placeholder) => set({ input_placeholder })}
          />
        )}
      </div>
      {isChatMode(mode) && (
        <>
          <Switch
            label={t('form.strongQuestions')}
            disabled={!canEdit}
            checked={draft.chat_color_theme_inverted}
            onCheckedChange={(chat_color_theme_inverted) => set({ chat_color_theme_inverted })}
          />
          <Switch
            label={t('form.answerIcon')}
            disabled={!canEdit}
            checked={draft.use_icon_as_answer_icon}
            onCheckedChange={(use_icon_as_answer_icon) => set({ use_icon_as_answer_icon })}
          />
        </>
      )}
      {hasSteps(mode) && (
        <Switch
          label={t('form.steps')}
          hint={t('form.stepsHint')}
          disabled={!canEdit}
          checked={draft.show_workflow_steps}
          onCheckedChange={(show_workflow_steps) => set({ show_workflow_steps })}
        />
      )}
    </>
  )
}

function SmallPrintFields({ draft, set, faultText }: PartProps) {
  const { t } = useTranslation('overview')
  return (
    <>
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        <TextField
          label={t('form.copyright')}
          placeholder={t('form.copyrightPlaceholder')}
          value={draft.copyright}
          onValueChange={(copyright) => set({ copyright })}
        />
        <TextField
          label={t('form.privacy')}
          type="url"
          placeholder="https://"
          value={draft.privacy_policy}
          onValueChange={(privacy_policy) => set({ privacy_policy })}
          error={faultText('privacyInvalid')}
        />
      </div>
      <TextArea
        label={t('form.disclaimer')}
        rows={2}
        maxLength={512}
        placeholder={t('form.disclaimerPlaceholder')}
        value={draft.custom_disclaimer}
        onValueChange={(custom_disclaimer) => set({ custom_disclaimer })}
      />
    </>
  )
}

function useSaveSite(draft: SiteDraft) {
  const { t } = useTranslation('overview')
  const api = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  const { app } = useApp()
  return useMutation({
    mutationFn: () => api.apps.updateSite(app.id, toUpdate(draft)),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: appQuery(api, app.id).queryKey })
      toast.success(t('form.saved'))
    },
  })
}
