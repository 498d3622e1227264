/**
 * What of an answer is spoken: its words. A model’s reasoning, code and addresses are left out, and so are the signs of Markdown, which
 * some voices read aloud.
 */
export function toSpokenText(answer: string): string {
  return answer
    .replaceAll(/<think>[\s\S]*?(?:<\/think>|$)/g, ' ')
    .replaceAll(/^[ \t]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*?(?:^[ \t]*\1[`~]*[ \t]*$|$(?![\s\S]))/gm, ' ')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/!\[([^[\]\n]*)\]\([^()\n]*\)/g, '$1')
    .replaceAll(/\[([^[\]\n]+)\]\([^()\n]*\)/g, '$1')
    .replaceAll(/<?https?:\/\/[^\s)>\]]+>?/g, ' ')
    .replaceAll(/^[ \t:|-]+$/gm, (line) => (line.includes('---') ? '' : line))
    .replaceAll(/^[ \t]*(?:#{1,6}|>+|[-*+])[ \t]+/gm, '')
    .replaceAll(/(?<!\w)(\*{1,3}|_{1,3}|~~)(?=\S)([^*\n]{0,400}?\S)\1(?![\w*])/g, '$2')
    .replaceAll('`', '')
    .replaceAll(/ ?\| ?/g, ', ')
    .replaceAll(/^, |, $/gm, '')
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
