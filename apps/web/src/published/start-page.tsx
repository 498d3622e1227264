import type { AppParameters } from '@trellis/contracts'
import type { i18n } from 'i18next'
import { type ReactNode, StrictMode, Suspense } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import type { FilePort } from '../api/files-api.ts'
import { basePath } from '../base-path.ts'
import { DesignProvider } from '../design/index.ts'
import { FilePortProvider } from '../features/form/file-port.ts'
import { createReachability } from '../features/shell/reachability.ts'
import { createI18n } from '../i18n/i18n.ts'
import { bringRefusals } from '../i18n/refusal-text.ts'
import { lazyPart, loadPart } from '../lazy-part.ts'
import { type PublishedAddress, parseAddress } from './address.ts'
import { backOff, isConnectionLoss } from './api/follow-message.ts'
import { createWebAppApi, type WebAppApi } from './api/web-app-api.ts'
import { type BootFault, bootApp } from './boot.ts'
import { ChatPage } from './chat/ChatPage.tsx'
import { announceLook } from './embedded/framed.ts'
import { readPassedIn } from './embedded/passed-in.ts'
import { FollowedLanguage } from './FollowedLanguage.tsx'
import { FullPage } from './FullPage.tsx'
import { showInTab } from './icon.ts'
import { loadPublishedTexts, pageLanguage } from './load-texts.ts'
import { PageSkeleton } from './PageSkeleton.tsx'
import { PublishedAppProvider } from './published-app.ts'
import { PublishedSpeech } from './speech/PublishedSpeech.tsx'
import { createKeyValueStore, isStorageOpen, type KeyValueStore, visitorsOwn } from './storage.ts'
import { applyThemeColor, toThemeColors } from './theme-color.ts'

const WorkflowPage = lazyPart(() => import('./workflow/WorkflowPage.tsx').then((module) => ({ default: module.WorkflowPage })))
const TextPage = lazyPart(() => import('./completion/TextPage.tsx').then((module) => ({ default: module.TextPage })))

/** What may be needed later does not stand in the way of what is. */
const LATER_MS = 200

interface Page {
  readonly root: Root
  readonly deviceStore: KeyValueStore
  readonly tabStore: KeyValueStore
}

/** Finds out which app this address shows and draws its page, or says why it cannot. */
export async function startPage(container: HTMLElement): Promise<void> {
  const page: Page = {
    root: createRoot(container),
    deviceStore: createKeyValueStore(() => localStorage),
    tabStore: createKeyValueStore(() => sessionStorage),
  }
  const address = parseAddress(location.pathname, basePath())
  if (address?.kind === 'form') await openFormPage(page, address.token)
  else if (address) await openApp(page, address)
  else await showFault(page, { fault: 'unknown', error: undefined, language: undefined, onRetry: () => location.reload() })
}

async function openFormPage(page: Page, token: string): Promise<void> {
  page.root.render(<PageSkeleton />)
  preloadMarkdown()
  const { openForm } = await loadPart(() => import('./form/start-form.tsx'))
  const form = await openForm(token, () => void openFormPage(page, token))
  draw(page, await createI18n(pageLanguage(page.deviceStore, form.language), loadPublishedTexts), form.page)
}

async function openApp(page: Page, address: PublishedAddress, isRenewed = false): Promise<void> {
  const { root, deviceStore } = page
  root.render(<PageSkeleton />)
  preloadMarkdown()
  const reachability = createReachability()
  const passedIn = await readPassedIn(location.search)
  const api = createWebAppApi({
    code: address.code,
    userId: passedIn.userId,
    store: deviceStore,
    fetch: reportingFetch(reachability.report),
  })
  const boot = await bootApp(api)
  if (boot.site) showInTab(boot.site)
  applyThemeColor(boot.site?.chat_color_theme ?? null)
  if (boot.status === 'faulty' && boot.fault === 'members' && !isRenewed && (await renewSession())) return openApp(page, address, true)
  if (boot.status === 'faulty') {
    const { fault, error, site } = boot
    await showFault(page, { fault, error, language: site?.default_language, onRetry: () => void openApp(page, address) })
    if (isConnectionLoss(error)) await openWhenReachable(page, address, api)
    return
  }
  const { site, parameters } = boot
  const tabStore = visitorsOwn(page.tabStore, api.visitor())
  const isForgetful = !isStorageOpen(() => localStorage)
  const texts = await createI18n(pageLanguage(deviceStore, site.default_language), loadPublishedTexts)
  draw(
    page,
    texts,
    <PublishedAppProvider value={{ address, site, parameters, api, passedIn, isForgetful, reachability, deviceStore, tabStore }}>
      <FilePortProvider value={filePortOf(api, parameters)}>
        <PublishedSpeech>
          {address.kind === 'chat' ? (
            <ChatPage />
          ) : (
            <Suspense fallback={<PageSkeleton />}>{address.kind === 'workflow' ? <WorkflowPage /> : <TextPage />}</Suspense>
          )}
        </PublishedSpeech>
      </FilePortProvider>
    </PublishedAppProvider>,
  )
  const colors = toThemeColors(site.chat_color_theme ?? '', 'light')
  announceLook({ title: site.title, language: texts.language, ...(colors && { color: colors.accent, ink: colors.ink }) })
}

/** A page that was opened while the server was away is there as soon as it is back. */
async function openWhenReachable(page: Page, address: PublishedAddress, api: WebAppApi): Promise<void> {
  const { signal } = new AbortController()
  for (let attempt = 0; ; attempt += 1) {
    await backOff(attempt, signal)
    const isBack = await api.getSite().then(
      () => true,
      (error: unknown) => !isConnectionLoss(error),
    )
    if (isBack) return openApp(page, address)
  }
}

/** Answers are drawn by it: it comes while the server is asked, so that none is seen raw. */
function preloadMarkdown(): void {
  const isAskedForAgain = (): undefined => undefined
  void import('../features/chat/MarkdownContent.tsx').catch(isAskedForAgain)
}

/** A member whose session has grown old need not sign in again. */
async function renewSession(): Promise<boolean> {
  const { mayHaveSession, renewSession } = await import('../api/session.ts')
  return mayHaveSession() && renewSession()
}

/** What forms need to bring files along. */
function filePortOf(api: WebAppApi, { system_parameters: limits }: AppParameters): FilePort {
  return {
    limits: () => Promise.resolve(limits),
    upload: async (file, options) => (await api.upload(file, options)).id,
    describe: async (url, signal) => {
      const { file_type: mimeType, file_length: sizeBytes } = await api.describeFile(url, signal)
      return { mimeType, sizeBytes }
    },
  }
}

interface FaultPage {
  readonly fault: BootFault
  readonly error: unknown
  readonly language: string | undefined
  readonly onRetry: () => void
}

async function showFault(page: Page, { fault, error, language, onRetry }: FaultPage): Promise<void> {
  const texts = await createI18n(pageLanguage(page.deviceStore, language), loadPublishedTexts)
  draw(page, texts, <FullPage fault={fault} error={error} onRetry={onRetry} />)
}

function draw({ root }: Page, texts: i18n, children: ReactNode): void {
  setTimeout(() => bringRefusals(texts), LATER_MS)
  root.render(
    <StrictMode>
      <I18nextProvider i18n={texts}>
        <FollowedLanguage />
        <DesignProvider>{children}</DesignProvider>
      </I18nextProvider>
    </StrictMode>,
  )
}

/** Tells of each request whether it reached the server at all. */
function reportingFetch(report: (isReachable: boolean) => void): typeof fetch {
  return async (input, init) => {
    try {
      const response = await fetch(input, init)
      report(true)
      return response
    } catch (error) {
      if (!init?.signal?.aborted) report(false)
      throw error
    }
  }
}
