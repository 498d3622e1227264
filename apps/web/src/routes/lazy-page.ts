import { lazyRouteComponent } from '@tanstack/react-router'
import { ApiError } from '../api/api-error.ts'
import { basePath } from '../base-path.ts'

async function isServerThere(): Promise<boolean> {
  return fetch(`${basePath()}/health`, { cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  )
}

/**
 * A page in a chunk of its own. A chunk that does not arrive because nobody answers is a lost connection, said as such;
 * one that is missing on a living server belongs to an older release, and the router reloads the page for it.
 */
export function lazyPage<Module extends Record<string, unknown>, Name extends keyof Module & string>(
  load: () => Promise<Module>,
  name: Name,
): ReturnType<typeof lazyRouteComponent<Module, Name>> {
  return lazyRouteComponent(async () => {
    try {
      return await load()
    } catch (cause) {
      if (await isServerThere()) throw cause
      throw new ApiError({ code: 'network_unreachable', message: '', status: 0, cause })
    }
  }, name)
}
