import { useApp } from '../app/app-context.ts'
import { ConflictNotice } from './ConflictNotice.tsx'
import { ModelSection } from './model/ModelSection.tsx'
import { OpenerSection } from './OpenerSection.tsx'
import { ChatPreview } from './preview/ChatPreview.tsx'
import { CompletionPreview } from './preview/CompletionPreview.tsx'
import { PromptSection } from './prompt/PromptSection.tsx'
import { VariablesSection } from './variables/VariablesSection.tsx'

export function OrchestratePage() {
  const { app } = useApp()
  const isChat = app.mode === 'chat'
  return (
    <main id="content" className="grid min-h-0 flex-1 grid-cols-[minmax(0,11fr)_minmax(0,10fr)]">
      <div className="min-h-0 overflow-y-auto [scrollbar-gutter:stable]">
        <div className="mx-auto flex max-w-180 flex-col gap-6 px-6 py-5">
          <ConflictNotice />
          <ModelSection />
          <PromptSection />
          <VariablesSection />
          {isChat && <OpenerSection />}
        </div>
      </div>
      <div className="min-h-0 border-l border-line bg-surface">{isChat ? <ChatPreview /> : <CompletionPreview />}</div>
    </main>
  )
}
