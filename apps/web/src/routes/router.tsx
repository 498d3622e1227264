import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { ApiError } from '../api/api-error.ts'
import type { ConsoleApi } from '../api/console-api.ts'
import { mayHaveSession, rememberSession } from '../api/session.ts'
import { basePath } from '../base-path.ts'
import { readLogSearch } from '../features/logs/log-search.ts'
import { profileQuery, setupQuery, workspaceQuery } from '../features/session/queries.ts'
import { readSignInFailure } from '../features/session/sign-in-failures.ts'
import { readUsageSearch } from '../features/settings/usage/usage-search.ts'
import { ConsoleShell } from '../features/shell/ConsoleShell.tsx'
import { CrashPage, NotFoundPage } from '../features/shell/FallbackPages.tsx'
import type { Reachability } from '../features/shell/reachability.ts'
import { readStudioSearch } from '../features/studio/studio-search.ts'
import { lazyPage } from './lazy-page.ts'
import { readReturnAddress } from './return-address.ts'
import { SignInRoute } from './session-routes.tsx'
import { readSignInSearch } from './sign-in-search.ts'

export interface RouterContext {
  readonly queryClient: QueryClient
  readonly api: ConsoleApi
  readonly reachability: Reachability
}

const root = createRootRouteWithContext<RouterContext>()({ notFoundComponent: NotFoundPage, errorComponent: CrashPage })

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/apps' })
  },
})

const install = createRoute({
  getParentRoute: () => root,
  path: '/install',
  component: lazyPage(() => import('../features/session/SetupPage.tsx'), 'SetupPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: readSignInSearch,
  component: SignInRoute,
})

const signInByCode = createRoute({
  getParentRoute: () => root,
  path: '/signin/code',
  validateSearch: readReturnAddress,
  component: lazyPage(() => import('../features/session/codes/CodeSignInPage.tsx'), 'CodeSignInPage'),
})

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/signup',
  validateSearch: readReturnAddress,
  component: lazyPage(() => import('../features/session/registration/RegistrationPage.tsx'), 'RegistrationPage'),
})

/** With a token, the address in an administrator's link. */
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  validateSearch: ({ token }: Record<string, unknown>): { readonly token?: string } => (token ? { token: String(token) } : {}),
  component: lazyPage(() => import('../features/session/codes/ResetPasswordPage.tsx'), 'ResetPasswordPage'),
})

/** The address in the link of an invitation. */
const activate = createRoute({
  getParentRoute: () => root,
  path: '/activate',
  validateSearch: (search: Record<string, unknown>): { token: string } => ({ token: String(search['token'] ?? '') }),
  component: lazyPage(() => import('../features/session/InvitationPage.tsx'), 'InvitationPage'),
})

/** Everything behind the sign-in: loads the session, or sends to where one is made. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const { queryClient, api } = context
    const toSignIn = () =>
      redirect({ to: '/signin', search: location.href === '/' || location.href === '/apps' ? {} : { redirect: location.href } })
    if (!mayHaveSession()) {
      const { step } = await queryClient.fetchQuery(setupQuery(api))
      throw step === 'not_started' ? redirect({ to: '/install' }) : toSignIn()
    }
    try {
      await Promise.all([queryClient.ensureQueryData(profileQuery(api)), queryClient.ensureQueryData(workspaceQuery(api))])
      // Whoever came back from another service signed in without this page.
      rememberSession(true)
    } catch (error) {
      if (error instanceof ApiError && error.code === 'account_not_link_tenant')
        throw redirect({ to: '/signin', search: { homeless: true } })
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      if (error.code === 'not_setup' || error.code === 'not_init_validated') throw redirect({ to: '/install' })
      throw toSignIn()
    }
  },
  component: ConsoleShell,
})

const studio = createRoute({
  getParentRoute: () => shell,
  path: '/apps',
  validateSearch: readStudioSearch,
  component: lazyPage(() => import('../features/studio/StudioPage.tsx'), 'StudioPage'),
})

const app = createRoute({
  getParentRoute: () => shell,
  path: '/app/$id',
  component: lazyPage(() => import('../features/app/AppShell.tsx'), 'AppShell'),
})
const appIndex = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/app/$id/configuration', params })
  },
})
const orchestrate = createRoute({
  getParentRoute: () => app,
  path: '/configuration',
  // Names the published version that is tried in place of a workflow's draft.
  validateSearch: (search: Record<string, unknown>): { version?: string } =>
    typeof search['version'] === 'string' ? { version: search['version'] } : {},
  component: lazyPage(() => import('../features/orchestrate/OrchestratePage.tsx'), 'OrchestratePage'),
})
const access = createRoute({
  getParentRoute: () => app,
  path: '/develop',
  component: lazyPage(() => import('../features/access/AccessPage.tsx'), 'AccessPage'),
})
/** Names the run that is looked at. */
const validateRun = (search: Record<string, unknown>): { run?: string } => (typeof search['run'] === 'string' ? { run: search['run'] } : {})

const logs = createRoute({
  getParentRoute: () => app,
  path: '/logs',
  validateSearch: readLogSearch,
  component: lazyPage(() => import('../features/logs/LogsPage.tsx'), 'LogsPage'),
})
const annotations = createRoute({
  getParentRoute: () => app,
  path: '/annotations',
  component: lazyPage(() => import('../features/annotations/AnnotationsPage.tsx'), 'AnnotationsPage'),
})
const monitoring = createRoute({
  getParentRoute: () => app,
  path: '/monitoring',
  component: lazyPage(() => import('../features/monitoring/MonitoringPage.tsx'), 'MonitoringPage'),
})
// Workflows and chatflows draw these themselves; other apps have none.
const runs = createRoute({ getParentRoute: () => app, path: '/runs', validateSearch: validateRun, component: NotFoundPage })
const steps = createRoute({
  getParentRoute: () => app,
  path: '/steps',
  validateSearch: (search: Record<string, unknown>): { node?: string } =>
    typeof search['node'] === 'string' ? { node: search['node'] } : {},
  component: NotFoundPage,
})
const versions = createRoute({ getParentRoute: () => app, path: '/versions', component: NotFoundPage })
const overview = createRoute({
  getParentRoute: () => app,
  path: '/overview',
  component: lazyPage(() => import('../features/overview/BasicOverviewPage.tsx'), 'BasicOverviewPage'),
})

/** Whatever else is asked of an app is not there, but the app is. */
const appElse = createRoute({ getParentRoute: () => app, path: '$', component: NotFoundPage })

const playground = createRoute({
  getParentRoute: () => shell,
  path: '/playground',
  component: lazyPage(() => import('../features/playground/PlaygroundPage.tsx'), 'PlaygroundPage'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyPage(() => import('../features/settings/SettingsShell.tsx'), 'SettingsShell'),
})
const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/models' })
  },
})
const modelSettings = createRoute({
  getParentRoute: () => settings,
  path: '/models',
  component: lazyPage(() => import('../features/settings/models/ModelsPage.tsx'), 'ModelsPage'),
})
const memberSettings = createRoute({
  getParentRoute: () => settings,
  path: '/members',
  component: lazyPage(() => import('../features/settings/members/MembersPage.tsx'), 'MembersPage'),
})
const workspaceSettings = createRoute({
  getParentRoute: () => settings,
  path: '/workspace',
  component: lazyPage(() => import('../features/settings/workspace/WorkspacePage.tsx'), 'WorkspacePage'),
})
const extensionSettings = createRoute({
  getParentRoute: () => settings,
  path: '/extensions',
  component: lazyPage(() => import('../features/settings/extensions/ExtensionsPage.tsx'), 'ExtensionsPage'),
})
const usageSettings = createRoute({
  getParentRoute: () => settings,
  path: '/usage',
  validateSearch: readUsageSearch,
  component: lazyPage(() => import('../features/settings/usage/UsagePage.tsx'), 'UsagePage'),
})
const auditSettings = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  component: lazyPage(() => import('../features/settings/audit/AuditPage.tsx'), 'AuditPage'),
})
const accountSettings = createRoute({
  getParentRoute: () => settings,
  path: '/account',
  validateSearch: readSignInFailure,
  component: lazyPage(() => import('../features/settings/account/AccountPage.tsx'), 'AccountPage'),
})
const appearanceSettings = createRoute({
  getParentRoute: () => settings,
  path: '/appearance',
  component: lazyPage(() => import('../features/settings/AppearancePage.tsx'), 'AppearancePage'),
})

/** Shows every primitive in both themes; left out of what is shipped. */
function developmentRoutes() {
  if (!import.meta.env.DEV) return []
  return [
    createRoute({
      getParentRoute: () => root,
      path: '/design',
      component: lazyPage(() => import('../design/gallery/GalleryPage.tsx'), 'GalleryPage'),
    }),
  ]
}

const routeTree = root.addChildren([
  index,
  install,
  signIn,
  signInByCode,
  signUp,
  resetPassword,
  activate,
  shell.addChildren([
    studio,
    app.addChildren([appIndex, orchestrate, access, logs, annotations, monitoring, runs, steps, versions, overview, appElse]),
    playground,
    settings.addChildren([
      settingsIndex,
      modelSettings,
      memberSettings,
      workspaceSettings,
      extensionSettings,
      usageSettings,
      auditSettings,
      accountSettings,
      appearanceSettings,
    ]),
  ]),
  ...developmentRoutes(),
])

export function createConsoleRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    basepath: basePath() || '/',
    defaultErrorComponent: CrashPage,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>
  }
}
