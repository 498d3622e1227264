import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { MarkdownContent } from './MarkdownContent.tsx'

/** What a model, a visitor or a document may write in the hope that it becomes more than text. */
const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '<style>@import "https://stranger.example.com"</style>',
  '<form action="https://stranger.example.com"><button>Sign in again</button></form>',
  '[x](javascript:alert(1))',
  '[x](JAVASCRIPT:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](https://a"onmouseover="alert(1))',
  '[x](blob:https://a/b)',
  '[x](file:///etc/passwd)',
  '<javascript:alert(1)>',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml,<svg onload=alert(1)>)',
  '![x](x"onerror="alert(1))',
  '![x" onerror="alert(1)](x)',
  '[x]\n\n[x]: javascript:alert(1)',
  '[^1]\n\n[^1]: <img src=x onerror=alert(1)>',
  '| <img src=x onerror=alert(1)> |\n|---|\n| [x](javascript:alert(1)) |',
  '- [ ] <img src=x onerror=alert(1)>',
  '# <img src=x onerror=alert(1)>',
  '`<img src=x onerror=alert(1)>`',
  '```<img src=x onerror=alert(1)>\n<img src=x onerror=alert(1)>\n```',
  '\u0000<script>alert(1)</script>',
  '<<script>script>alert(1)<</script>/script>',
  'https://stranger.example.com/"onclick="alert(1)',
]

const allowed =
  /^(a|blockquote|br|button|code|del|div|em|h[1-6]|hr|img|input|li|ol|p|path|pre|rect|section|span|strong|sup|svg|table|tbody|td|th|thead|tr|ul)$/
const harmless = /^(https?:|mailto:|#|$|[^:]*$)/

describe('XSS by markdown', () => {
  it.each(attacks)('comes to nothing: %j', (text) => {
    const html = renderToStaticMarkup(<MarkdownContent text={text} />)
    for (const [, name = '', attributes = ''] of html.matchAll(/<([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)) {
      expect(name).toMatch(allowed)
      for (const [, attribute = '', value = ''] of attributes.matchAll(/\s([\w:-]+)(?:="([^"]*)")?/g)) {
        expect(attribute).not.toMatch(/^on|^srcdoc$|^formaction$|^action$/i)
        if (/^(href|src)$/.test(attribute)) expect(value).toMatch(harmless)
      }
    }
    // Every other sign that could open a tag stands escaped.
    expect(html.replaceAll(/<\/?[a-z][a-z0-9]*((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g, '')).not.toContain('<')
  })

  it('opens links elsewhere, with no way back and no word of where they stood', () => {
    const html = renderToStaticMarkup(<MarkdownContent text="[x](https://example.com) ![y](https://example.com/y.png)" />)
    expect(html).toContain('target="_blank"')
    expect(html).toContain('rel="noopener noreferrer nofollow"')
    expect(html).toMatch(/<img[^>]+referrerPolicy="no-referrer"/i)
  })
})
