import { useRouter } from '@tanstack/react-router'
import { basePath } from '../../base-path.ts'

/** Leads whoever has signed in to where they were on their way, or to the Studio. `redirect` is a path below the base path. */
export function useGoOn(redirect: string | undefined): () => Promise<void> {
  const router = useRouter()
  return async () => {
    if (redirect === undefined) await router.navigate({ to: '/apps' })
    else if (isPublishedPage(redirect)) location.assign(basePath() + redirect)
    // `history.push` takes the whole address, search and all, as it was when the session ended.
    else router.history.push(basePath() + redirect)
  }
}

/** Pages of apps are no pages of the console's router: members come from there to sign in. */
const isPublishedPage = (path: string): boolean => /^\/(chat|chatbot|completion|workflow)\//u.test(path)
