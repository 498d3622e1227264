import { ArrowDown } from 'lucide-react'
import { type RefObject, useCallback, useDeferredValue, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, cx, ErrorState, IconButton, Notice, Skeleton, useToast } from '../../design/index.ts'
import { AttachButtons, AttachmentTray } from '../../features/attachments/AttachmentTray.tsx'
import { readAttachmentRules } from '../../features/attachments/attachment-rules.ts'
import { useAttachments } from '../../features/attachments/useAttachments.ts'
import { Announcement } from '../../features/chat/Announcement.tsx'
import { Composer } from '../../features/chat/Composer.tsx'
import { SuggestionChips } from '../../features/chat/SuggestionChips.tsx'
import { TurnChunks } from '../../features/chat/TurnChunks.tsx'
import { isTurnOpen } from '../../features/chat/turn.ts'
import { useOffered } from '../../features/chat/useOffered.ts'
import { useRevealed } from '../../features/chat/useRevealed.ts'
import { useStickToBottom } from '../../features/chat/useStickToBottom.ts'
import { isFramed, onFrameOpened } from '../embedded/framed.ts'
import { ForgetfulNote } from '../ForgetfulNote.tsx'
import { usePublishedApp } from '../published-app.ts'
import { Dictate, SpeakNewest } from '../speech/speech-controls.tsx'
import { useStopKey } from '../useStopKey.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { ChatTurnView } from './ChatTurnView.tsx'
import { whileAnswering } from './can-ask.ts'
import type { Thread } from './chat-state.ts'
import type { ChatStore } from './chat-store.ts'
import { Opening } from './Opening.tsx'
import { StartForm } from './StartForm.tsx'
import { type ThreadItem, visibleThread } from './thread.ts'
import { type StartInputs, useStartInputs } from './useStartInputs.ts'

export interface ChatPaneProps {
  readonly store: ChatStore
  readonly thread: Thread
  /** What the conversation was opened with, where the server tells. */
  readonly introduction: string | null
  /** The form as it was filled in when the conversation began. */
  readonly startedWith: Readonly<Record<string, unknown>> | undefined
  /** Another conversation has taken its place. */
  readonly isLeaving: boolean
}

const COLUMN = 'mx-auto w-full max-w-190 px-5 max-sm:px-4'

/** One conversation: its messages, and the field for the next one. */
export function ChatPane({ store, thread, introduction, startedWith, isLeaving }: ChatPaneProps) {
  const { t } = useTranslation(['published', 'common'])
  const { site, parameters } = usePublishedApp()
  const errorText = useVisitorErrorText()
  const items = useMemo(() => visibleThread(thread.turns, thread.leafKey), [thread.turns, thread.leafKey])
  const last = items.at(-1)?.turn
  const isAnswering = thread.turns.some(isTurnOpen)
  const inputs = useStartInputs(thread.turns.length === 0 ? undefined : (startedWith ?? thread.inputs))
  const attachments = useAttachments(
    useMemo(() => readAttachmentRules(parameters.file_upload), [parameters]),
    errorText,
  )
  const scroller = useStickToBottom(items.length)
  // Hundreds of turns are looked through for what this hides: the question itself is shown first.
  const hidesAsking = useDeferredValue(isAnswering)
  const field = useRef<HTMLTextAreaElement>(null)
  useStopKey(isAnswering && !isLeaving, store.stop)
  useKeptKeyboard(hidesAsking && !isLeaving, field)
  const begin = useEffectEvent(() => {
    const asksFirst = thread.conversationId === undefined && !inputs.isPassedIn
    if (hasKeyboard() && !(asksFirst && inputs.goToMissing())) field.current?.focus()
  })
  useEffect(() => takeKeyboard(() => begin()), [])
  const [isHearing, setHearing] = useState(false)
  const send = (query: string) => {
    const values = inputs.collect()
    if (values === null || attachments.isUnready || isAnswering || isHearing) return false
    scroller.scrollToEnd()
    store.send({ query, inputs: values, ...attachments.take() }, thread.key)
    if (hasKeyboard()) field.current?.focus()
    return true
  }
  const { offered, choose } = useOffered(send)
  return (
    <>
      <div ref={scroller.ref} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className={cx(COLUMN, 'flex min-h-full flex-col gap-5 py-6.5 text-[15px] leading-[1.65]', hidesAsking && whileAnswering)}>
          {thread.status === 'loading' && <HistorySkeleton />}
          {thread.status === 'failed' && (
            <ErrorState
              title={t('common:loadFailed')}
              message={errorText(thread.error)}
              onRetry={() => store.open(thread.conversationId ?? '')}
            />
          )}
          {thread.status === 'ready' && (
            <Messages store={store} thread={thread} items={items} introduction={introduction} inputs={inputs} onChoose={choose} />
          )}
        </div>
      </div>
      {!isLeaving && (
        <div className={cx('composer-fade relative shrink-0', scroller.isAway && 'before:h-10')}>
          {scroller.isAway && <ToEndButton onClick={scroller.scrollToEnd} />}
          <div className={`${COLUMN} pb-4.5 max-sm:pb-3`}>
            <Composer
              ref={field}
              size="l"
              placeholder={site.input_placeholder || undefined}
              isStreaming={isAnswering}
              isDisabled={thread.status !== 'ready'}
              onSend={send}
              offered={offered}
              onStop={() => {
                store.stop()
                if (hasKeyboard()) field.current?.focus()
              }}
              onHearing={setHearing}
              dictation={(insert, onStatus) => (
                <Dictate
                  isDisabled={thread.status !== 'ready'}
                  onStatus={onStatus}
                  onText={(text) => {
                    insert(text)
                    field.current?.focus()
                  }}
                />
              )}
              tools={<AttachButtons attachments={attachments} />}
              attachments={<AttachmentTray attachments={attachments} />}
              onFiles={attachments.rules?.methods.includes('local_file') ? attachments.add : undefined}
            />
            <ForgetfulNote className="mt-2" />
            {site.custom_disclaimer && <p className="mt-2 text-center text-xs text-ink-3 text-pretty">{site.custom_disclaimer}</p>}
          </div>
          <Announcement turn={last} />
          <SpeakNewest turn={last} />
        </div>
      )}
    </>
  )
}

const keyOfItem = ({ turn }: ThreadItem): string => turn.key

interface MessagesProps {
  readonly store: ChatStore
  readonly thread: Thread
  readonly items: readonly ThreadItem[]
  readonly introduction: string | null
  readonly inputs: StartInputs
  readonly onChoose: (question: string) => void
}

function Messages({ store, thread, items, introduction, inputs, onChoose }: MessagesProps) {
  const { t } = useTranslation(['published', 'common'])
  const { parameters } = usePublishedApp()
  const toast = useToast()
  const errorText = useVisitorErrorText()
  const isFresh = items.length === 0
  const isAnswering = thread.turns.some(isTurnOpen)
  const questions = isFresh
    ? parameters.suggested_questions.filter((question) => question.trim() !== '')
    : (items.at(-1)?.turn.suggestions ?? [])
  const revealed = useRevealed(items, keyOfItem)
  const draw = useCallback(
    ({ turn, siblings }: ThreadItem) => <ChatTurnView key={turn.key} turn={turn} siblings={siblings} store={store} />,
    [store],
  )
  const loadOlder = () => void store.loadOlder().catch((error: unknown) => toast.error(errorText(error)))
  return (
    <>
      {thread.hasOlder && (
        <Button variant="ghost" size="s" className="self-center" isBusy={!revealed.isWhole} onClick={loadOlder}>
          {t('older')}
        </Button>
      )}
      {!thread.hasOlder && revealed.isWhole && (
        <>
          {thread.isForMissing && isFresh && (
            <Notice tone="info" className="text-m leading-normal">
              {t('missing')}
            </Notice>
          )}
          <StartForm inputs={inputs} />
          <Opening introduction={isFresh ? null : introduction} values={inputs.values} startedWith={inputs.startedWith} isFresh={isFresh} />
        </>
      )}
      <TurnChunks items={items} revealed={revealed} keyOf={keyOfItem} draw={draw} className="gap-5" />
      {!isAnswering && <SuggestionChips questions={questions} onChoose={onChoose} />}
    </>
  )
}

function ToEndButton({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation('chat')
  return (
    <IconButton
      label={t('toEnd')}
      variant="default"
      shape="circle"
      className="absolute -top-10 left-1/2 -translate-x-1/2"
      onClick={onClick}
    >
      <ArrowDown size={15} aria-hidden />
    </IconButton>
  )
}

function HistorySkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-5">
      <Skeleton className="h-10 w-1/2 self-end" />
      <Skeleton className="h-4 w-5/6" />
      <Skeleton className="h-4 w-4/6" />
      <Skeleton className="h-4 w-3/6" />
    </div>
  )
}

/** Where a keyboard is at hand, a conversation can be written to at once; on phones it would cover what is read. */
/** What was pressed to ask again is hidden with the answering: the keyboard goes on to the field, and is not left nowhere. */
function useKeptKeyboard(isHidden: boolean, field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!isHidden || !hasKeyboard()) return
    let frame = requestAnimationFrame(() => {
      // Browsers let go of what is hidden when they have drawn it.
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) field.current?.focus({ preventScroll: true })
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [isHidden, field])
}

const hasKeyboard = (): boolean => matchMedia('(hover: hover) and (pointer: fine)').matches

/** A page in a frame takes the keyboard when its window is opened, and never from the page around it. */
function takeKeyboard(take: () => void): (() => void) | undefined {
  if (isFramed()) return onFrameOpened(take)
  take()
  return undefined
}
