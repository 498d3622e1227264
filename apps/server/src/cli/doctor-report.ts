import type { Finding } from './doctor.ts'

const marks = { ok: '✓', warning: '!', failed: '✗' } as const
const colours = { ok: '\u001b[32m', warning: '\u001b[33m', failed: '\u001b[31m' } as const
const reset = '\u001b[0m'

/** The findings as a table for a terminal, with a line that sums them up. */
export function renderFindings(findings: readonly Finding[], options: { readonly hasColour: boolean }): string {
  const width = Math.max(...findings.map((finding) => finding.subject.length))
  const indent = ' '.repeat(width + 4)
  const rows = findings.map(({ subject, status, text, remedy }) => {
    const mark = options.hasColour ? `${colours[status]}${marks[status]}${reset}` : marks[status]
    const row = `${mark} ${subject.padEnd(width)}  ${text}`
    return remedy === undefined ? row : `${row}\n${indent}→ ${remedy}`
  })
  return `${rows.join('\n')}\n\n${summary(findings)}\n`
}

function summary(findings: readonly Finding[]): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  const failures = count('failed')
  const warnings = count('warning')
  if (failures === 0 && warnings === 0) return 'All is well.'
  return [`${failures} failed`, `${warnings} to look at`, `${count('ok')} in order`].join(', ').concat('.')
}
