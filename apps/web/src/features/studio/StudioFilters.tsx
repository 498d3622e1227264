import { ArrowDownUp, ChevronDown, Search, Star } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, cx, IconButton, Menu, Tabs, TextField } from '../../design/index.ts'
import type { AppOrder, ListedMode, StudioSearch } from './studio-search.ts'
import { TagFilter } from './tags/TagFilter.tsx'

export interface StudioFiltersProps {
  readonly search: StudioSearch
  /** An absent value takes it out of the address. */
  readonly onChange: (change: { readonly [K in keyof StudioSearch]?: StudioSearch[K] | undefined }) => void
  readonly onManageTags: (() => void) | undefined
}

export function StudioFilters({ search, onChange, onManageTags }: StudioFiltersProps) {
  const { t } = useTranslation('studio')
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Tabs<ListedMode | 'all'>
        label={t('filter')}
        className="max-w-full [--touch-height:0px] overflow-x-auto"
        value={search.mode ?? 'all'}
        onValueChange={(mode) => onChange({ mode: mode === 'all' ? undefined : mode })}
        items={[
          { value: 'all', label: t('all') },
          { value: 'chat', label: t('chatbots') },
          { value: 'completion', label: t('textGenerators') },
          { value: 'advanced-chat', label: t('chatflows') },
          { value: 'workflow', label: t('workflows') },
        ]}
      />
      <span className="flex-1" />
      <IconButton
        label={t('starredFirst')}
        variant="default"
        aria-pressed={search.starred ?? false}
        onClick={() => onChange({ starred: search.starred ? undefined : true })}
      >
        <Star size={15} aria-hidden className={cx(search.starred && 'fill-current text-accent')} />
      </IconButton>
      <OrderMenu value={search.sort} onChange={(sort) => onChange({ sort })} />
      <TagFilter
        chosen={search.tags ?? []}
        onChange={(tags) => onChange({ tags: tags.length > 0 ? tags : undefined })}
        onManage={onManageTags}
      />
      <SearchField value={search.q ?? ''} onChange={(name) => onChange({ q: name === '' ? undefined : name })} />
    </div>
  )
}

interface OrderMenuProps {
  readonly value: AppOrder | undefined
  readonly onChange: (order: AppOrder | undefined) => void
}

function OrderMenu({ value, onChange }: OrderMenuProps) {
  const { t } = useTranslation('studio')
  const orders = [
    { order: undefined, label: t('sort.lastModified') },
    { order: 'recently_created', label: t('sort.newest') },
    { order: 'earliest_created', label: t('sort.oldest') },
  ] as const
  return (
    <Menu
      trigger={
        <Button icon={<ArrowDownUp size={14} aria-hidden />}>
          <span className="sr-only">{t('sort.label')}: </span>
          {orders.find(({ order }) => order === value)?.label}
          <ChevronDown size={14} aria-hidden className="text-ink-3" />
        </Button>
      }
      groups={[
        orders.map(({ order, label }) => ({
          label,
          choice: { of: 'one' as const, isChosen: order === value },
          onSelect: () => onChange(order),
        })),
      ]}
    />
  )
}

/** So long after the last letter the address follows: letters are on screen at once whatever the list takes. */
const PAUSE_MS = 150

function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { t } = useTranslation('studio')
  const [text, setText] = useState(value)
  const [sent, setSent] = useState(value)
  const [seen, setSeen] = useState(value)
  if (value !== seen) {
    setSeen(value)
    if (value !== sent) {
      // The address was changed by something else than this field.
      setSent(value)
      setText(value)
    }
  }
  const send = useEffectEvent(() => {
    setSent(text)
    onChange(text)
  })
  useEffect(() => {
    if (text === sent) return
    const timer = setTimeout(send, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, sent])
  return (
    <TextField
      type="search"
      aria-label={t('searchPlaceholder')}
      aria-keyshortcuts="/"
      placeholder={t('searchPlaceholder')}
      leading={<Search size={14} aria-hidden />}
      className="w-56 max-sm:w-full"
      value={text}
      onValueChange={setText}
    />
  )
}
