import type { BeatEntry } from './beat.ts'
import type { ComposeOptions } from './compose.ts'
import { type Accounts, findAvatars } from './features/accounts/index.ts'
import { findAppIcons } from './features/apps/index.ts'
import { deleteOldAuditEntries } from './features/audit/index.ts'
import { findDraftVariableFiles } from './features/draft-variables/index.ts'
import { deleteUnusedFiles } from './features/files/index.ts'
import type { HumanInput } from './features/human-input/index.ts'
import type { MailedCodes } from './features/mailed-codes/index.ts'
import { deleteOldAsks, deleteOldJournals } from './features/runs/index.ts'
import { findSiteIcons } from './features/sites/index.ts'
import { deleteOldCalls } from './features/usage/index.ts'
import { findWorkflowFiles } from './features/workflows/index.ts'
import type { Workspaces } from './features/workspaces/index.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

interface Scheduled {
  readonly accounts: Accounts
  readonly mailedCodes: MailedCodes
  readonly workspaces: Workspaces
  readonly humanInput: HumanInput
}

/** What one process of all does by the clock. */
export function scheduledWork(
  { config, platform }: Pick<ComposeOptions, 'config' | 'platform'>,
  { accounts, mailedCodes, workspaces, humanInput }: Scheduled,
): readonly BeatEntry[] {
  const { clock, logger, storage } = platform
  const { db } = platform.database
  const journals = { db, clock, retentionMs: config.retention.runEventsDays * DAY_MS }
  const entries = { db, clock, retentionMs: config.retention.auditLogDays * DAY_MS }
  const calls = { db, clock, retentionMs: config.retention.modelCallsDays * DAY_MS }
  const retentionMs = config.retention.unusedFilesDays * DAY_MS
  const findInUse = [findAvatars, findAppIcons, findSiteIcons, findDraftVariableFiles, findWorkflowFiles]
  const files = { db, clock, logger, storage, retentionMs, findInUse }
  return [
    { name: 'human-input.sweep', everyMs: config.workflows.formSweepMs, run: humanInput.sweep },
    { name: 'sessions.clean-up', everyMs: HOUR_MS, run: accounts.cleanUp },
    { name: 'mailed-codes.clean-up', everyMs: HOUR_MS, run: mailedCodes.cleanUp },
    { name: 'invitations.clean-up', everyMs: HOUR_MS, run: workspaces.cleanUp },
    { name: 'audit.delete-old-entries', everyMs: HOUR_MS, run: () => deleteOldAuditEntries(entries) },
    { name: 'runs.delete-old-journals', everyMs: HOUR_MS, run: (signal) => deleteOldJournals(journals, signal) },
    { name: 'runs.delete-old-asks', everyMs: HOUR_MS, run: () => deleteOldAsks({ db, clock }) },
    { name: 'usage.delete-old-calls', everyMs: HOUR_MS, run: (signal) => deleteOldCalls(calls, signal) },
    { name: 'files.delete-unused', everyMs: HOUR_MS, run: (signal) => deleteUnusedFiles(files, signal) },
  ]
}
