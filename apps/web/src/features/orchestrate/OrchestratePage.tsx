import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx, Tabs } from '../../design/index.ts'
import { useApp } from '../app/app-context.ts'
import { ConsoleSpeech } from '../speech/ConsoleSpeech.tsx'
import { ConflictNotice } from './ConflictNotice.tsx'
import { ExternalDataSection } from './ExternalDataSection.tsx'
import { ResultsSection } from './FeatureSwitches.tsx'
import { FilesSection } from './files/FilesSection.tsx'
import { ModerationSection } from './ModerationSection.tsx'
import { ModelSection } from './model/ModelSection.tsx'
import { OpenerSection } from './OpenerSection.tsx'
import { ChatPreview } from './preview/ChatPreview.tsx'
import { CompletionPreview } from './preview/CompletionPreview.tsx'
import { PromptSection } from './prompt/PromptSection.tsx'
import { SpeechSection } from './SpeechSection.tsx'
import { VariablesSection } from './variables/VariablesSection.tsx'

type Side = 'settings' | 'preview'

/** Settings and preview side by side; where the screen has room for one of them, with a switch above. */
export function OrchestratePage() {
  const { t } = useTranslation('orchestrate')
  const { app } = useApp()
  const [side, setSide] = useState<Side>('settings')
  const isChat = app.mode === 'chat'
  const hiddenUnless = (shown: Side) => side !== shown && 'max-[1100px]:hidden'
  return (
    <ConsoleSpeech appId={app.id}>
      <main
        id="content"
        className="grid min-h-0 flex-1 grid-cols-[minmax(0,11fr)_minmax(0,10fr)] max-[1100px]:grid-cols-[minmax(0,1fr)] max-[1100px]:grid-rows-[auto_minmax(0,1fr)]"
      >
        <div className="flex justify-center border-b border-line bg-surface px-4 py-1.5 min-[1100px]:hidden">
          <Tabs
            label={t('sides.label')}
            value={side}
            onValueChange={setSide}
            items={[
              { value: 'settings', label: t('sides.settings') },
              { value: 'preview', label: t('sides.preview') },
            ]}
          />
        </div>
        <div className={cx('min-h-0 overflow-y-auto pointer-fine:[scrollbar-gutter:stable]', hiddenUnless('settings'))}>
          <div className="mx-auto flex max-w-180 flex-col gap-6 px-6 py-5 max-sm:px-4">
            <ConflictNotice />
            <ModelSection />
            <PromptSection />
            <VariablesSection />
            <ExternalDataSection />
            <FilesSection isChat={isChat} />
            {isChat ? <OpenerSection /> : <ResultsSection />}
            <SpeechSection />
            <ModerationSection />
          </div>
        </div>
        <div className={cx('min-h-0 border-l border-line bg-surface max-[1100px]:border-l-0', hiddenUnless('preview'))}>
          {isChat ? <ChatPreview /> : <CompletionPreview />}
        </div>
      </main>
    </ConsoleSpeech>
  )
}
