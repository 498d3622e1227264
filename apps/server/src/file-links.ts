import type { Config } from '@trellis/config'
import type { Clock } from '@trellis/spec'
import { createFileLinks, type FileLinks } from './features/files/index.ts'

/** Links to files as they are configured. */
export const fileLinksOf = ({ urls }: Config, { clock, secretKey }: { readonly clock: Clock; readonly secretKey: string }): FileLinks =>
  createFileLinks({
    clock,
    secretKey,
    baseUrl: urls.files ?? urls.consoleApi ?? urls.basePaths.all,
    lifetimeSeconds: urls.fileLinkLifetimeSeconds,
  })
