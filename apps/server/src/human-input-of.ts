import type { ComposeOptions } from './compose.ts'
import type { EndUsers } from './features/end-users/index.ts'
import type { FileLinks, FileService } from './features/files/index.ts'
import { createHumanInput, type HumanInput } from './features/human-input/index.ts'
import { createWebSiteReader } from './features/web-apps/index.ts'
import { createInputFiles, systemFiles } from './features/workflow-runs/index.ts'
import { iconFilesOf } from './icon-files.ts'

/** Forms that runs wait for, over what there is of files and pages. */
export function humanInputOf(
  { config, platform, secretKey }: Pick<ComposeOptions, 'config' | 'platform' | 'secretKey'>,
  foundation: { readonly endUsers: EndUsers; readonly files: FileService; readonly fileLinks: FileLinks },
  wake: (runId: string) => Promise<void>,
): HumanInput {
  const { clock, logger } = platform
  const { db } = platform.database
  const { endUsers, files, fileLinks } = foundation
  const inputFiles = createInputFiles({ db, fileLinks })
  return createHumanInput({
    db,
    clock,
    logger,
    secretKey,
    endUsers,
    files,
    fileLinks,
    wake,
    filesOf: (owner) => (mappings) => inputFiles(owner)(mappings, systemFiles),
    readWebSite: createWebSiteReader(db, iconFilesOf(db, fileLinks)),
    appWebUrl: config.urls.appWeb,
  })
}
