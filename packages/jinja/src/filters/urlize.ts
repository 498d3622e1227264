import { reprString } from '@trellis/values'
import { textBetween, textLength } from '../objects/code-points.ts'
import { escapeHtml, Markup } from '../objects/markup.ts'
import type { PyValue } from '../objects/py-object.ts'
import { str } from '../objects/text.ts'
import { isTruthy, iterate, textOf, toIndex } from '../objects/types.ts'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'

const URL =
  /^(?:(?:https?:\/\/|www\.)(?:(?:[\p{L}\p{N}_%-]+\.)+)?(?:[a-z]{2,63}|xn--[\p{L}\p{N}_%]{2,59})|(?:[\p{L}\p{N}_%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)|https?:\/\/(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]))(?::\d{1,5})?(?:[/?#]\S*)?$/iu
const EMAIL = /^\S+@[\p{L}\p{N}_][\p{L}\p{N}_.-]*\.[\p{L}\p{N}_]+$/u
const SCHEME = /^[\p{L}\p{N}_.+-]{2,}:\/{0,2}$/u
const PAIRS = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const

/** Longer words are no links; it bounds what the patterns have to look at. */
const MAX_WORD = 4096

interface LinkRules {
  readonly limit: PyValue
  readonly attributes: string
  readonly schemes: readonly string[]
}

/** Jinja's `urlize`: addresses in a text become links. */
export function urlize(
  run: Run,
  value: PyValue,
  limit: PyValue,
  noFollow: PyValue,
  target: PyValue,
  rel: PyValue,
  extra: PyValue,
): PyValue {
  const schemes = extra === null ? [] : Array.from(iterate(extra, run), (scheme) => str(scheme, run))
  for (const scheme of schemes)
    if (!SCHEME.test(scheme)) throw new TemplateError('FilterArgumentError', `${reprString(scheme)} is not a valid URI scheme prefix.`)
  const rels = new Set([...(textOf(rel) ?? '').split(/\s+/), ...(isTruthy(noFollow, run) ? ['nofollow'] : []), 'noopener'].filter(Boolean))
  const targetAttribute = target === null || !isTruthy(target, run) ? '' : ` target="${escapeHtml(str(target, run))}"`
  const rules: LinkRules = {
    limit,
    attributes: ` rel="${escapeHtml([...rels].sort().join(' '))}"${targetAttribute}`,
    schemes,
  }
  const text = value instanceof Markup ? value.text : escapeHtml(str(value, run))
  run.budget.spend(text.length)
  const result = run.text(
    text
      .split(/(\s+)/)
      .map((word) => (word.length > MAX_WORD ? word : linkWord(word, rules)))
      .join(''),
  )
  return run.isEscaping ? new Markup(result) : result
}

function linkWord(word: string, rules: LinkRules): string {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? ''
  let middle = word.slice(head.length)
  let tail = /(?:[)>.,\n]|&gt;)+$/.exec(middle)?.[0] ?? ''
  middle = middle.slice(0, middle.length - tail.length)
  for (const [open, close] of PAIRS) {
    const opened = middle.split(open).length - 1
    if (opened <= middle.split(close).length - 1) continue
    for (let moved = Math.min(opened, tail.split(close).length - 1); moved > 0; moved--) {
      const end = tail.indexOf(close) + close.length
      middle += tail.slice(0, end)
      tail = tail.slice(end)
    }
  }
  return head + link(middle, rules) + tail
}

/** A limit is looked at only where there is a link to cut. */
function shorten(text: string, limit: PyValue): string {
  return limit !== null && textLength(text) > toIndex(limit) ? `${textBetween(text, 0, toIndex(limit))}...` : text
}

function link(text: string, { limit, attributes, schemes }: LinkRules): string {
  if (URL.test(text)) {
    const address = text.startsWith('https://') || text.startsWith('http://') ? text : `https://${text}`
    return `<a href="${address}"${attributes}>${shorten(text, limit)}</a>`
  }
  if (text.startsWith('mailto:') && EMAIL.test(text.slice(7))) return `<a href="${text}">${text.slice(7)}</a>`
  if (text.includes('@') && !text.startsWith('www.') && !text.includes(':') && EMAIL.test(text))
    return `<a href="mailto:${text}">${text}</a>`
  return schemes.reduce(
    (made, scheme) => (made !== scheme && made.startsWith(scheme) ? `<a href="${made}"${attributes}>${made}</a>` : made),
    text,
  )
}
