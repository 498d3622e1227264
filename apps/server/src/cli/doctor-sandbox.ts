import type { SandboxMechanism } from '@trellis/spec'
import type { Verdict } from './doctor.ts'

/** What runs code of apps, language by language. */
export function judgeSandbox(mechanisms: readonly SandboxMechanism[]): Verdict {
  const refused = mechanisms.filter(({ name }) => name === 'none')
  const text = mechanisms.map(({ language, name }) => `${languageNames[language]}: ${name}`).join(', ')
  if (refused.length === 0) return { status: 'ok', text }
  const reasons = [...new Set(refused.map(({ description }) => description))]
  return { status: 'warning', text: `${text}. Apps that run code will be refused to do so.`, remedy: reasons.join(' ') }
}

const languageNames = { python3: 'Python', javascript: 'JavaScript' } as const
