import { Combobox } from '@base-ui/react/combobox'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, ChevronDown, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { ModelType } from '../../api/types/models.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Chip, cx, Skeleton } from '../../design/index.ts'
import { useLocalizedText } from '../../i18n/useLocalizedText.ts'
import { contextSizeOf, findOption, formatContext, groupModels, type ModelGroup, type ModelOption } from './model-choices.ts'
import { ProviderIcon } from './ProviderIcon.tsx'
import { modelsQuery } from './queries.ts'

export interface ModelPickerProps {
  readonly type: ModelType
  readonly provider: string
  readonly model: string
  readonly onChoose: (option: ModelOption) => void
  readonly label: string
  readonly isDisabled?: boolean
  /** Stands where no model is named. */
  readonly noneText?: string | undefined
  readonly className?: string
}

/** All models that can be used now, by provider, with search. */
export function ModelPicker({ type, provider, model, onChoose, label, isDisabled, noneText, className }: ModelPickerProps) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const errorText = useErrorText()
  const models = useQuery(modelsQuery(useApi(), type))
  const groups = groupModels(models.data ?? [])
  const chosen = findOption(groups, provider, model)
  if (models.isPending) return <Skeleton className={cx('h-7.5', className)} />
  return (
    <Combobox.Root
      items={groups}
      value={chosen ?? null}
      onValueChange={(option: ModelOption | null) => option && onChoose(option)}
      itemToStringLabel={(option: ModelOption) => `${text(option.model.label, option.model.model)} ${text(option.provider.label)}`}
      isItemEqualToValue={(left: ModelOption, right: ModelOption) => left.id === right.id}
      disabled={isDisabled ?? false}
    >
      <Combobox.Trigger
        aria-label={label}
        className={cx('field-frame @container flex h-7.5 min-w-0 items-center gap-2 px-1.5 text-left', className)}
      >
        <ProviderIcon light={chosen?.provider.icon_small} dark={chosen?.provider.icon_small_dark} />
        <span className={cx('min-w-0 flex-1 truncate', !chosen && 'text-ink-3')}>
          {chosen ? text(chosen.model.label, chosen.model.model) : model || (noneText ?? t('models.picker.none'))}
        </span>
        {chosen ? (
          <Chip className="@max-[16rem]:hidden">{text(chosen.provider.label)}</Chip>
        ) : (
          model !== '' && <Chip tone="warn">{t('models.picker.unavailable')}</Chip>
        )}
        <ChevronDown size={14} aria-hidden className="mr-0.5 text-ink-3" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} align="start" className="z-50 outline-none">
          <Combobox.Popup className="popup-frame flex max-h-(--available-height) w-(--anchor-width) min-w-80 flex-col">
            <div className="flex items-center gap-2 border-b border-line px-3 text-ink-3">
              <Search size={14} aria-hidden />
              <Combobox.Input placeholder={t('models.picker.search')} className="h-9 min-w-0 flex-1 bg-transparent text-ink outline-none" />
            </div>
            {models.isError && <p className="px-3 py-4 text-bad">{errorText(models.error)}</p>}
            <Combobox.Empty className="px-3 text-ink-3 not-empty:py-4">{models.isSuccess && t('models.picker.empty')}</Combobox.Empty>
            <Combobox.List className="max-h-80 min-h-0 overflow-y-auto p-1 empty:hidden">
              {(group: ModelGroup) => (
                <Combobox.Group key={group.provider.provider} items={group.items}>
                  <Combobox.GroupLabel className="flex items-center gap-1.5 px-2 pt-2 pb-1 text-xs font-medium text-ink-3">
                    {text(group.provider.label)}
                  </Combobox.GroupLabel>
                  <Combobox.Collection>{(option: ModelOption) => <ModelRow key={option.id} option={option} />}</Combobox.Collection>
                </Combobox.Group>
              )}
            </Combobox.List>
            <Link to="/settings/models" className="border-t border-line px-3 py-2 text-s text-accent hover:underline">
              {t('models.picker.addProvider')}
            </Link>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}

function ModelRow({ option }: { readonly option: ModelOption }) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const context = formatContext(contextSizeOf(option.model))
  return (
    <Combobox.Item
      value={option}
      className="flex h-8 cursor-default items-center gap-2 rounded-sm px-2 outline-none select-none data-highlighted:bg-surface-2"
    >
      <ProviderIcon light={option.provider.icon_small} dark={option.provider.icon_small_dark} />
      <span className="min-w-0 flex-1 truncate">{text(option.model.label, option.model.model)}</span>
      {option.model.features?.includes('vision') && <Chip>{t('models.features.vision')}</Chip>}
      {context && <span className="text-s text-ink-3">{context}</span>}
      <Combobox.ItemIndicator className="text-accent">
        <Check size={14} aria-hidden />
      </Combobox.ItemIndicator>
    </Combobox.Item>
  )
}
