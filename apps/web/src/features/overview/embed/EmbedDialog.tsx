import { AppWindow } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { App } from '../../../api/types/apps.ts'
import { Button, Dialog, Notice, Tabs } from '../../../design/index.ts'
import { useLossOfTexts } from '../../../lazy-dialog.tsx'
import { publishedBase, publishedPage } from '../../app/site-address.ts'
import type { FormVariable } from '../../app/user-input-form.ts'
import { CodeBlock } from '../../chat/CodeBlock.tsx'
import { EmbedPicture } from './EmbedPicture.tsx'
import { type EmbedTarget, type EmbedValues, type EmbedWay, embedAddress, embedCode } from './embed-code.ts'
import { passableValues } from './passable-values.ts'
import { useEmbedTexts } from './useEmbedTexts.ts'
import { ValueList } from './ValueList.tsx'

export interface EmbedDialogProps {
  readonly app: App
  /** The form of what is published. */
  readonly variables: readonly FormVariable[]
  readonly onClose: () => void
}

const ways: readonly EmbedWay[] = ['frame', 'bubble']

/** How an app comes onto other pages: code to copy, with what those pages pass in. */
export function EmbedDialog({ app, variables, onClose }: EmbedDialogProps) {
  const { t } = useTranslation(['embed', 'common'])
  const texts = useEmbedTexts()
  useLossOfTexts(texts, onClose)
  const [chosen, setChosen] = useState<EmbedWay>('frame')
  const [values, setValues] = useState<EmbedValues>({})
  const target = targetOf(app)
  const passable = useMemo(() => passableValues(variables, target.page), [variables, target.page])
  // Only a chat fits behind a bubble.
  const offered = target.page === 'chatbot' ? ways : ways.filter((way) => way === 'frame')
  const way = offered.includes(chosen) ? chosen : 'frame'
  if (texts.data === undefined) return null
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('title')}
      width="l"
      footer={
        <>
          <Button
            icon={<AppWindow size={14} aria-hidden />}
            disabled={!app.enable_site}
            onClick={() => openPreview(embedAddress(target, values))}
          >
            {t('preview')}
          </Button>
          <Button onClick={onClose}>{t('common:close')}</Button>
        </>
      }
    >
      {!app.enable_site && <Notice tone="warn">{t('isOff')}</Notice>}
      <div className="flex items-start gap-5">
        <div className="min-w-0 flex-1">
          {offered.length > 1 && (
            <Tabs
              label={t('ways')}
              className="mb-1.5"
              items={offered.map((value) => ({ value, label: t(`way.${value}.name`) }))}
              value={way}
              onValueChange={setChosen}
            />
          )}
          <p className="text-ink-2 text-pretty">{t(`way.${way}.lead`)}</p>
          {way === 'bubble' && (
            <p className="text-ink-2 text-pretty">
              {t('way.bubble.variables')}{' '}
              <code className="inline-block max-w-full font-mono text-s wrap-anywhere">--dify-chatbot-bubble-button-bg-color</code>
            </p>
          )}
        </div>
        <div className="max-sm:hidden">
          <EmbedPicture way={way} color={app.site?.chat_color_theme ?? null} />
        </div>
      </div>
      <CodeBlock code={embedCode(way, target, values)} language="html" />
      <section aria-label={t('values')}>
        <h3 className="font-semibold">{t('values')}</h3>
        <p className="mb-2.5 text-ink-2 text-pretty">{t('valuesLead')}</p>
        <ValueList passable={passable} values={values} onChange={setValues} />
      </section>
    </Dialog>
  )
}

function targetOf(app: App): EmbedTarget {
  const page = publishedPage(app.mode)
  return {
    baseUrl: publishedBase(app),
    token: app.site?.code ?? '',
    page: page === 'chat' ? 'chatbot' : page,
    title: app.site?.title ?? app.name,
  }
}

/** The console frames nothing: the page opens in a window of the bubble's size. */
function openPreview(address: string): void {
  window.open(address, '_blank', 'popup,noopener,width=400,height=700')
}
