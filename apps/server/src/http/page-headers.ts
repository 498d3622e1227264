/** Addresses of published apps; everything else that is a page and no form of a run is the console. */
const PUBLISHED = /^\/(chat|chatbot|completion|workflow)\/[\w-]+/
/** Forms that runs wait for: a page that visitors see, and that nobody may be led to press unseen. */
const FORM = /^\/form\/[\w-]+/

/**
 * No script but our own files, no markup or script made of text, no plug-ins, no frames. The one policy of trusted types reads names of
 * characters, for markdown (`character-references.ts` of the web app).
 */
const commonPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "script-src-attr 'none'",
  "style-src 'self'",
  "img-src 'self' data: blob: https: http:",
  "media-src 'self' blob: https: http:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types character-references',
]

/** Recording is for speech to text; nothing of ours uses the rest. A frame gets the microphone where its page passes it on. */
const PERMISSIONS = [
  'microphone=(self)',
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'midi', 'payment', 'serial', 'usb'].map(
    (name) => `${name}=()`,
  ),
].join(', ')

export interface PageKind {
  /** Of the built pages. */
  readonly file: 'index.html' | 'app.html'
  readonly kind: 'console' | 'published'
  readonly headers: Readonly<Record<string, string>>
}

const common = { 'permissions-policy': PERMISSIONS }
/** In nobody's frame: neither this header nor the policy is left to a browser that knows only the other. */
const unframed = { ...common, 'content-security-policy': [...commonPolicy, "frame-ancestors 'none'"].join('; '), 'x-frame-options': 'DENY' }

/** The opener policy cuts the console off from every page that is not the console, those of our own origin included. */
export const consolePage: PageKind = {
  file: 'index.html',
  kind: 'console',
  headers: { ...unframed, 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' },
}
const formPage: PageKind = { file: 'app.html', kind: 'published', headers: unframed }
/** Anybody: nothing is said, which lets in pages without a network address too, such as those of phone apps. */
export const ANYBODY: readonly string[] = ['*']

/** Made to be embedded, by those whom the configuration names. */
function publishedPage(ancestors: readonly string[]): PageKind {
  const policy = ancestors.includes('*') ? commonPolicy : [...commonPolicy, `frame-ancestors ${ancestors.join(' ')}`]
  const headers = { ...common, 'content-security-policy': policy.join('; ') }
  const isForNobody = ancestors.includes("'none'")
  return { file: 'app.html', kind: 'published', headers: isForNobody ? { ...headers, 'x-frame-options': 'DENY' } : headers }
}

/** Which page stands at an address, and what a browser may do with it. `ancestors` may frame published apps. */
export function pageAt(url: string, ancestors: readonly string[]): PageKind {
  if (PUBLISHED.test(url)) return publishedPage(ancestors)
  return FORM.test(url) ? formPage : consolePage
}

/** Scripts that pages of other origins load, also those that take nothing which does not offer itself. */
export const embedHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}

/** An answer is data. Whoever opens it as a page gets one that does nothing and stands in no frame. */
export const answerHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  // Answers depend on headers of their own (codes, passports, cookies): going back in a browser must not bring another one's.
  'cache-control': 'no-store',
}

/** Half a year of https only, for this host alone: who names an https address for the console has it in front. */
export const secureHeaders: Readonly<Record<string, string>> = { 'strict-transport-security': 'max-age=15552000' }
