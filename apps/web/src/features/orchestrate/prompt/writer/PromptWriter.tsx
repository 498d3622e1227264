import { Link } from '@tanstack/react-router'
import { Sparkles, Square } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { Button, Dialog, Notice, Spinner, TextArea } from '../../../../design/index.ts'
import { useLossOfTexts } from '../../../../lazy-dialog.tsx'
import { ModelPicker } from '../../../models/ModelPicker.tsx'
import { ProposalView } from './ProposalView.tsx'
import { useWriterTexts } from './useWriterTexts.ts'
import { type Proposal, useWriting } from './useWriting.ts'
import { useWritingModel } from './useWritingModel.ts'
import { Wishes } from './Wishes.tsx'

export interface PromptWriterProps {
  readonly present: string
  readonly kind: 'chat' | 'completion'
  /** Where the app has an opening of its own, that of the proposal is not taken unless somebody says so. */
  readonly hasOpening: boolean
  /** The opening is null where the app's own stays. */
  readonly onAccept: (taken: { readonly prompt: string; readonly opening: string | null }) => void
  readonly onClose: () => void
}

export function PromptWriter(props: PromptWriterProps) {
  const texts = useWriterTexts()
  useLossOfTexts(texts, props.onClose)
  return texts.data === undefined ? null : <Writer {...props} />
}

function Writer({ present, kind, hasOpening, onAccept, onClose }: PromptWriterProps) {
  const { t } = useTranslation('generator')
  const { isMissing, model, choose } = useWritingModel()
  const writing = useWriting()
  const { proposal, isWriting } = writing
  const [wish, setWish] = useState('')
  const [takesOpening, setTakesOpening] = useState(!hasOpening)
  const opening = kind === 'chat' && proposal ? proposal.opening : ''
  const canWrite = model !== null && !isWriting && wish.trim() !== ''
  const write = (current?: string) => model && writing.write({ model, instruction: wish, current }).catch(() => undefined)
  const accept = ({ prompt }: Proposal) => onAccept({ prompt, opening: takesOpening && opening !== '' ? opening : null })
  return (
    <Dialog
      isOpen
      onOpenChange={(next) => !next && onClose()}
      title={t('title')}
      description={t('lead')}
      width="l"
      footer={
        <>
          <Button onClick={onClose}>{t(proposal ? 'discard' : 'cancel', { ns: proposal ? 'generator' : 'common' })}</Button>
          {proposal && (
            <Button variant="primary" disabled={isWriting} onClick={() => accept(proposal)}>
              {t('accept')}
            </Button>
          )}
        </>
      }
    >
      {isMissing ? (
        <NoModel />
      ) : (
        <>
          <TextArea label={t('wish')} placeholder={t('wishPlaceholder')} rows={2} value={wish} onValueChange={setWish} />
          {!proposal && <Wishes kind={kind} onChoose={setWish} />}
          <div className="flex flex-wrap items-center gap-2 max-sm:justify-end">
            <ModelPicker
              type="llm"
              label={t('model')}
              provider={model?.provider ?? ''}
              model={model?.name ?? ''}
              onChoose={choose}
              isDisabled={isWriting}
              className="min-w-60 flex-1"
            />
            {!proposal && present.trim() !== '' && (
              <Button disabled={!canWrite} onClick={() => write(present)}>
                {t('improvePresent')}
              </Button>
            )}
            <Button
              variant={proposal ? 'default' : 'primary'}
              icon={<Sparkles size={14} aria-hidden />}
              disabled={!canWrite}
              onClick={() => write()}
            >
              {t(proposal ? 'rewrite' : 'write')}
            </Button>
          </div>
          {isWriting && <Progress onStop={writing.stop} />}
          {writing.error !== null && !isWriting && <Failure error={writing.error} />}
          {proposal && (
            <ProposalView
              present={present}
              proposal={proposal}
              opening={opening}
              takesOpening={takesOpening}
              onTakesOpening={setTakesOpening}
              isBusy={isWriting || model === null}
              onImprove={async (instruction) =>
                model !== null && (await writing.write({ model, instruction, current: proposal.prompt })) !== null
              }
            />
          )}
        </>
      )}
    </Dialog>
  )
}

function NoModel() {
  const { t } = useTranslation('generator')
  return (
    <Notice tone="info">
      <p>{t('noModel')}</p>
      <Link to="/settings/models" className="mt-1 inline-block text-accent hover:underline">
        {t('addProvider')}
      </Link>
    </Notice>
  )
}

function Progress({ onStop }: { readonly onStop: () => void }) {
  const { t } = useTranslation('generator')
  return (
    <div role="status" className="flex items-center gap-2.5 rounded-sm bg-surface-2 px-3 py-2 text-ink-2">
      <Spinner />
      <span className="flex-1">{t('writing')}</span>
      <Button size="s" icon={<Square size={12} aria-hidden />} onClick={onStop}>
        {t('stop')}
      </Button>
    </div>
  )
}

function Failure({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('generator')
  const errorText = useErrorText()
  return (
    <Notice tone="bad">
      <p className="font-medium">{t('failed')}</p>
      <p>{errorText(error)}</p>
    </Notice>
  )
}
