import { Link, useRouteContext } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { type ReactNode, use, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../api/api-error.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { buttonClass, cx, EmptyState, ErrorState } from '../../design/index.ts'
import { AppContext } from '../app/app-context.ts'
import { PageTitle } from './PageTitle.tsx'

/** Within an app the way back is to that app. */
export function NotFoundPage() {
  const { t } = useTranslation('common')
  const app = use(AppContext)?.app
  return (
    <Nowhere title={t('notFound')} hint={t('notFoundHint')}>
      {app && (
        <Link
          to="/app/$id/configuration"
          params={{ id: app.id }}
          className={cx(buttonClass({ variant: 'primary' }), 'max-w-[min(22rem,75vw)]')}
        >
          <span className="truncate">{t('goTo', { name: app.name })}</span>
        </Link>
      )}
    </Nowhere>
  )
}

/** In place of an app that was deleted, is another workspace's, or never was. */
export function NoSuchAppPage() {
  const { t } = useTranslation('shell')
  return <Nowhere title={t('app.notHere')} hint={t('app.notHereHint')} />
}

interface NowhereProps {
  readonly title: string
  readonly hint: string
  /** A nearer way back than to the Studio. */
  readonly children?: ReactNode
}

function Nowhere({ title, hint, children }: NowhereProps) {
  const { t } = useTranslation('common')
  return (
    <main id="content" className="grid min-h-0 flex-1 place-items-center overflow-y-auto pb-[10vh]">
      <PageTitle page={title} />
      <EmptyState
        icon={<Compass size={20} aria-hidden />}
        title={title}
        description={hint}
        action={
          children || (
            <Link to="/apps" className={buttonClass({ variant: 'primary' })}>
              {t('toStudio')}
            </Link>
          )
        }
      />
    </main>
  )
}

/** A page that could not be shown: an answer of the server's is said as such, anything else is a fault of ours. */
export function CrashPage({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('common')
  const errorText = useErrorText()
  const { reachability } = useRouteContext({ from: '__root__' })
  const isUnreachable = error instanceof ApiError && error.code === 'network_unreachable'
  // The banner takes it from here: it waits for the server and brings the page back.
  useEffect(() => {
    if (isUnreachable) reachability.report(false)
  }, [isUnreachable, reachability])
  const reload = () => window.location.reload()
  return error instanceof ApiError ? (
    <ErrorState title={t('loadFailed')} message={errorText(error)} onRetry={reload} />
  ) : (
    <ErrorState title={t('pageCrashed')} message={t('pageCrashedHint')} onRetry={reload} />
  )
}
