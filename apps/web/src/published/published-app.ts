import type { AppParameters, WebSite } from '@trellis/contracts'
import { createContext, useContext } from 'react'
import type { Reachability } from '../features/shell/reachability.ts'
import type { PublishedAddress } from './address.ts'
import type { WebAppApi } from './api/web-app-api.ts'
import type { PassedIn } from './embedded/passed-in.ts'
import type { KeyValueStore } from './storage.ts'

/** What every part of a published page may ask for. */
export interface PublishedApp {
  readonly address: PublishedAddress
  readonly site: WebSite['site']
  readonly parameters: AppParameters
  readonly api: WebAppApi
  readonly passedIn: PassedIn
  /** This browser keeps nothing for us: what is known is gone with the page. */
  readonly isForgetful: boolean
  readonly reachability: Reachability
  /** Of this device. */
  readonly deviceStore: KeyValueStore
  /** Of this tab and this visitor. */
  readonly tabStore: KeyValueStore
}

const Context = createContext<PublishedApp | null>(null)
export const PublishedAppProvider = Context.Provider

export function usePublishedApp(): PublishedApp {
  const app = useContext(Context)
  if (!app) throw new Error('usePublishedApp needs a PublishedAppProvider around it')
  return app
}
