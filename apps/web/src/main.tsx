import './design/styles.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { ApiProvider } from './api/ApiProvider.tsx'
import { ApiError } from './api/api-error.ts'
import { createConsoleApi } from './api/console-api.ts'
import { createConsoleHttp, rememberSession } from './api/session.ts'
import { goBelowBase } from './base-path.ts'
import { DesignProvider, watchTheme } from './design/index.ts'
import { FilePortProvider } from './features/form/file-port.ts'
import { profileQuery } from './features/session/queries.ts'
import { createReachability } from './features/shell/reachability.ts'
import { ToastsOfPage } from './features/shell/ToastsOfPage.tsx'
import { createI18n, LANGUAGE_KEY, preferredLanguage, showLanguage, watchLanguage } from './i18n/i18n.ts'
import { loadTexts } from './i18n/load-texts.ts'
import { bringRefusals } from './i18n/refusal-text.ts'
import { createConsoleRouter } from './routes/router.tsx'

const MAX_RETRIES = 2
/** What may be needed later does not stand in the way of what is. */
const LATER_MS = 200

/** A refusal stays one; only an absent or failing server is asked again. */
function shouldRetry(failures: number, error: unknown): boolean {
  const isRefusal = error instanceof ApiError && error.status >= 400 && error.status < 500
  return !isRefusal && failures < MAX_RETRIES
}

async function start(container: HTMLElement): Promise<void> {
  watchTheme()
  const i18n = await createI18n(preferredLanguage(), loadTexts)
  // Where its texts do not arrive, this tab keeps the language that it has.
  watchLanguage(LANGUAGE_KEY, (language) => void showLanguage(i18n, language, loadTexts).catch(() => undefined))
  setTimeout(() => bringRefusals(i18n), LATER_MS)
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: shouldRetry } } })
  const reachability = createReachability()
  const http = createConsoleHttp({
    onReachable: reachability.report,
    onSessionLost: () => {
      rememberSession(false)
      // On the way in, the route guard decides; this is for a session that ends while the console is open.
      if (!queryClient.getQueryData(profileQuery(api).queryKey)) return
      const redirect = router.state.location.href
      queryClient.clear()
      void router.navigate({ to: '/signin', search: { redirect, expired: true } })
    },
  })
  const api = createConsoleApi(http)
  const router = createConsoleRouter({ queryClient, api, reachability })
  createRoot(container).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <ApiProvider api={api}>
            <FilePortProvider value={api.files}>
              <DesignProvider>
                <ToastsOfPage router={router} />
                <RouterProvider router={router} />
              </DesignProvider>
            </FilePortProvider>
          </ApiProvider>
        </QueryClientProvider>
      </I18nextProvider>
    </StrictMode>,
  )
}

const container = document.getElementById('root')
if (container && !goBelowBase()) void start(container)
