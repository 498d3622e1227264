import { english } from './english.ts'
import type { Letter, LetterText, LetterWords } from './letter.ts'
import { simplifiedChinese } from './simplified-chinese.ts'

export interface RenderedLetter {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Chinese of any kind is answered in the one that we write, whatever else in English. */
const isChinese = (language: string): boolean => /^zh\b/i.test(language)

const MAX_SUBJECT_LENGTH = 200

/** Plain text, and the same with a little form around it. */
export function renderLetter(letter: Letter, language: string): RenderedLetter {
  const words = isChinese(language) ? simplifiedChinese : english
  const text = findWords(words, letter)
  return {
    // Names of workspaces and people stand in it: no line ends, which would begin further headers.
    subject: text.subject
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, MAX_SUBJECT_LENGTH),
    text: toPlainText(text),
    html: toHtml(text, isChinese(language) ? 'zh-Hans' : 'en'),
  }
}

function findWords<K extends Letter['kind']>(words: LetterWords, letter: Extract<Letter, { readonly kind: K }>): LetterText {
  const find = words[letter.kind as K] as (letter: Extract<Letter, { readonly kind: K }>) => LetterText // the words of a kind take letters of that kind, which the mapped type says and the compiler cannot follow
  return find(letter)
}

function toPlainText({ heading, paragraphs, code, action, note }: LetterText): string {
  const parts = [heading, ...paragraphs, code, action && `${action.label}: ${action.url}`, note && `--\n${note}`]
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`
}

const colours = { ink: '#1f2421', soft: '#5c645f', accent: '#1d7a58', line: '#e2e5e1', paper: '#ffffff', ground: '#f5f6f4' } as const
const font = "font-family:-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei',sans-serif"

/** Styles stand beside what they style: readers' programs drop style sheets. */
function toHtml(letter: LetterText, language: string): string {
  const { heading, paragraphs, code, action, note } = letter
  const body = [
    `<h1 style="margin:0 0 16px;font-size:20px;line-height:28px;font-weight:600">${escapeHtml(heading)}</h1>`,
    ...paragraphs.map((paragraph) => `<p style="margin:0 0 16px;white-space:pre-line">${escapeHtml(paragraph)}</p>`),
    ...(code === undefined ? [] : [codeBox(code)]),
    ...(action === undefined ? [] : [button(action)]),
    ...(note === undefined
      ? []
      : [
          `<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid ${colours.line};font-size:13px;line-height:20px;color:${colours.soft}">${escapeHtml(note)}</p>`,
        ]),
  ]
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(letter.subject)}</title></head>
<body style="margin:0;padding:24px 12px;background:${colours.ground};color:${colours.ink};font-size:15px;line-height:24px;${font}">
<div style="max-width:520px;margin:0 auto;padding:28px 32px;background:${colours.paper};border:1px solid ${colours.line};border-radius:12px">
${body.join('\n')}
</div></body></html>
`
}

const codeBox = (code: string): string =>
  `<p style="margin:0 0 16px;padding:14px 0;border-radius:8px;background:${colours.ground};text-align:center;font-size:28px;line-height:36px;font-weight:600;letter-spacing:6px">${escapeHtml(code)}</p>`

/** The address stands below the button too: some programs show no buttons, and some people trust none. */
const button = ({ label, url }: NonNullable<LetterText['action']>): string => {
  const address = escapeHtml(url)
  return `<p style="margin:0 0 12px"><a href="${address}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:${colours.accent};color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;line-height:20px;color:${colours.soft};word-break:break-all">${address}</p>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
