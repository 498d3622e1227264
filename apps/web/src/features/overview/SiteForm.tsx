import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AppSite } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Card, Field, Notice, Select, TextArea, TextField, useToast } from '../../design/index.ts'
import { languages, toLanguageCode } from '../../i18n/i18n.ts'
import { useApp } from '../app/app-context.ts'
import { appQuery } from '../app/queries.ts'
import { useSession } from '../session/useSession.ts'
import { EmojiPicker } from '../studio/EmojiPicker.tsx'

interface SiteDraft {
  readonly title: string
  readonly icon: string
  readonly description: string
  readonly default_language: string
  readonly input_placeholder: string
  readonly copyright: string
  readonly privacy_policy: string
  readonly custom_disclaimer: string
}

function toDraft(site: AppSite): SiteDraft {
  return {
    title: site.title,
    icon: site.icon || '🤖',
    description: site.description ?? '',
    default_language: toLanguageCode(site.default_language) ?? 'en-US',
    input_placeholder: site.input_placeholder ?? '',
    copyright: site.copyright ?? '',
    privacy_policy: site.privacy_policy ?? '',
    custom_disclaimer: site.custom_disclaimer ?? '',
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:/u.test(text)
}

/** What the page shows about itself; an app without a page of its own has nothing to set. */
export function SiteForm() {
  const { app } = useApp()
  return app.site ? <LoadedSiteForm site={app.site} /> : null
}

function LoadedSiteForm({ site }: { readonly site: AppSite }) {
  const { t } = useTranslation('overview')
  const errorText = useErrorText()
  const { canEdit } = useSession()
  const { app } = useApp()
  const [draft, setDraft] = useState(() => toDraft(site))
  const save = useSaveSite(draft, site)
  const set = (part: Partial<SiteDraft>) => setDraft((current) => ({ ...current, ...part }))
  const titleFault = draft.title.trim() === '' ? t('form.nameMissing') : null
  const privacyFault = draft.privacy_policy.trim() === '' || isWebAddress(draft.privacy_policy.trim()) ? null : t('form.privacyInvalid')
  const isChanged = JSON.stringify(draft) !== JSON.stringify(toDraft(site))
  return (
    <Card className="p-5">
      <h3 className="mb-4 text-l font-semibold">{t('form.title')}</h3>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!titleFault && !privacyFault) save.mutate()
        }}
      >
        <fieldset disabled={!canEdit} className="flex flex-col gap-4">
          <div className="flex flex-wrap items-start gap-3">
            <Field label={t('form.icon')}>
              <EmojiPicker value={draft.icon} onValueChange={(icon) => set({ icon })} />
            </Field>
            <TextField
              label={t('form.name')}
              required
              className="flex-1 basis-48"
              value={draft.title}
              onValueChange={(title) => set({ title })}
              error={titleFault}
            />
            <Select
              label={t('form.language')}
              className="w-40"
              options={languages.map(({ code, name }) => ({ value: code as string, label: name }))}
              value={draft.default_language}
              onValueChange={(default_language) => set({ default_language })}
            />
          </div>
          <TextArea
            label={t('form.description')}
            rows={2}
            placeholder={app.description || t('form.descriptionPlaceholder')}
            value={draft.description}
            onValueChange={(description) => set({ description })}
          />
          {app.mode === 'chat' && (
            <TextField
              label={t('form.inputPlaceholder')}
              value={draft.input_placeholder}
              onValueChange={(input_placeholder) => set({ input_placeholder })}
            />
          )}
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
              error={privacyFault}
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
          {save.error && (
            <Notice tone="bad">
              {t('form.failed')}: {errorText(save.error)}
            </Notice>
          )}
          <div className="flex justify-end">
            <Button type="submit" variant="primary" disabled={!isChanged} isBusy={save.isPending}>
              {t('form.save')}
            </Button>
          </div>
        </fieldset>
      </form>
    </Card>
  )
}

function useSaveSite(draft: SiteDraft, site: AppSite) {
  const { t } = useTranslation('overview')
  const api = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  const { app } = useApp()
  return useMutation({
    mutationFn: () =>
      api.apps.updateSite(app.id, {
        ...draft,
        title: draft.title.trim(),
        privacy_policy: draft.privacy_policy.trim(),
        // A picture stays one unless another icon was chosen.
        ...(draft.icon !== (site.icon || '🤖') && { icon_type: 'emoji' as const }),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: appQuery(api, app.id).queryKey })
      toast.success(t('form.saved'))
    },
  })
}
