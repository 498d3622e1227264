import type { NodeRun } from '@trellis/contracts'
import type { ChipTone } from '../../design/index.ts'
import type { RunStatus } from './run-progress.ts'

export const statusTones: Readonly<Record<RunStatus | NodeRun['status'], ChipTone>> = {
  running: 'info',
  paused: 'info',
  succeeded: 'ok',
  'partial-succeeded': 'warn',
  exception: 'warn',
  retry: 'warn',
  stopped: 'neutral',
  failed: 'bad',
}
