import type { RunProgress } from '../../features/workflow/run-progress.ts'

/** What a run has to say aloud: its outputs that are texts, or what it wrote; empty where there is nothing. */
export function spokenTextOf({ outputs, text }: Pick<RunProgress, 'outputs' | 'text'>): string {
  const texts = Object.values(outputs ?? {}).filter((value): value is string => typeof value === 'string' && value.trim() !== '')
  return texts.length > 0 ? texts.join('\n\n') : text.trim()
}
