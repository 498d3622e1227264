import { flag, list, optional, text, wholeNumber, withDefault } from '../kinds.ts'

const serving = ['all', 'api'] as const
const about = { group: 'auth', roles: serving } as const
const day = '86400'

const codeLifetime = (what: string) =>
  withDefault('5', wholeNumber({ minimum: 1, maximum: 1440 }), {
    ...about,
    description: `How long a mailed code ${what} works, in minutes.`,
  })
const codeLockout = (what: string) =>
  withDefault(day, wholeNumber({ minimum: 1 }), {
    ...about,
    description: `How long an address gets no further tries after five wrong codes ${what}, in seconds.`,
  })

export const authVariables = {
  ACCESS_TOKEN_EXPIRE_MINUTES: withDefault('60', wholeNumber({ minimum: 1 }), {
    ...about,
    description: 'Life of a session token, in minutes; it is renewed silently.',
  }),
  REFRESH_TOKEN_EXPIRE_DAYS: withDefault('30', wholeNumber({ minimum: 1 }), {
    ...about,
    description: 'After how many days without a visit one must sign in again.',
  }),
  LOGIN_LOCKOUT_DURATION: withDefault(day, wholeNumber({ minimum: 1 }), {
    ...about,
    description: 'How long an account is locked after too many wrong passwords, in seconds.',
  }),
  LOGIN_MAX_FAILURES: withDefault('5', wholeNumber({ minimum: 1 }), { ...about, description: 'Wrong passwords before the lock.' }),
  LOGIN_IP_LIMIT_PER_MINUTE: withDefault('100', wholeNumber({ minimum: 0 }), {
    ...about,
    description: 'Sign-ins (and changes of a password) that one network address may try a minute; 0 is no limit.',
  }),
  SETUP_IP_LIMIT_PER_MINUTE: withDefault('60', wholeNumber({ minimum: 0 }), {
    ...about,
    description: 'Tries at the set-up, or at its `INIT_PASSWORD`, that one network address may make a minute; 0 is no limit.',
  }),
  PASSPORT_IP_LIMIT_PER_MINUTE: withDefault('1000', wholeNumber({ minimum: 0 }), {
    ...about,
    description: 'First visits to published apps that one network address may make a minute; 0 is no limit.',
  }),
  WEB_FORM_SUBMIT_RATE_LIMIT_MAX_ATTEMPTS: withDefault('30', wholeNumber({ minimum: 0 }), {
    ...about,
    description:
      'Requests for forms that runs wait for, that one network address may make in `WEB_FORM_SUBMIT_RATE_LIMIT_WINDOW_SECONDS`; 0 is no limit.',
  }),
  WEB_FORM_SUBMIT_RATE_LIMIT_WINDOW_SECONDS: withDefault('60', wholeNumber({ minimum: 1 }), {
    ...about,
    description: 'The time in which requests for forms are counted, in seconds.',
  }),
  ENABLE_EMAIL_PASSWORD_LOGIN: withDefault('true', flag(), { ...about, description: 'Sign in with e-mail address and password.' }),
  ENABLE_EMAIL_CODE_LOGIN: withDefault('false', flag(), {
    ...about,
    description: 'Sign in with a code that comes by mail, where `MAIL_TYPE` says how mail is sent.',
  }),
  EMAIL_CODE_LOGIN_TOKEN_EXPIRY_MINUTES: codeLifetime('to sign in'),
  EMAIL_REGISTER_TOKEN_EXPIRY_MINUTES: codeLifetime('to make an account'),
  RESET_PASSWORD_TOKEN_EXPIRY_MINUTES: codeLifetime('for a new password'),
  CHANGE_EMAIL_TOKEN_EXPIRY_MINUTES: codeLifetime('for a new e-mail address'),
  OWNER_TRANSFER_TOKEN_EXPIRY_MINUTES: codeLifetime('to transfer a workspace'),
  EMAIL_REGISTER_LOCKOUT_DURATION: codeLockout('to make an account'),
  FORGOT_PASSWORD_LOCKOUT_DURATION: codeLockout('for a new password'),
  CHANGE_EMAIL_LOCKOUT_DURATION: codeLockout('for a new e-mail address'),
  OWNER_TRANSFER_LOCKOUT_DURATION: codeLockout('to transfer a workspace'),
  EMAIL_SEND_IP_LIMIT_PER_MINUTE: withDefault('50', wholeNumber({ minimum: 0 }), {
    ...about,
    description: 'Codes by mail that one network address may ask for a minute; 0 is no limit.',
  }),
  // Every role reads these two: they say as well who may name model servers (`egress-config.ts`).
  ALLOW_REGISTER: withDefault('false', flag(), {
    group: 'auth',
    description:
      'Anybody may make an account: by registering where mail is sent, or by signing in with a mailed code or by a service. It comes with a workspace of its own, which takes `ALLOW_CREATE_WORKSPACE` too.',
  }),
  ALLOW_CREATE_WORKSPACE: withDefault('false', flag(), { group: 'auth', description: 'Accounts may make workspaces of their own.' }),
  INVITE_EXPIRY_HOURS: withDefault('72', wholeNumber({ minimum: 1, maximum: 87_600 }), {
    ...about,
    description: 'How long the link of an invitation works, in hours.',
  }),
  ADMIN_API_KEY_ENABLE: withDefault('false', flag(), {
    ...about,
    description: 'Accept `ADMIN_API_KEY` as a bearer token with `X-WORKSPACE-ID`: it acts as the owner of that workspace.',
  }),
  ADMIN_API_KEY: optional(
    text('at least 16 characters', (value) => value.length >= 16),
    { ...about, secret: true, description: 'That key.' },
  ),
  COOKIE_DOMAIN: optional(
    text('a domain name', (value) => /^\.?[\w.-]+$/.test(value)),
    { ...about, description: 'Domain of the session cookies, where console and API have different host names.' },
  ),
}

const origin = (part: string) => part === '*' || (/^https?:\/\/[^/\s]+\/?$/.test(part) && URL.canParse(part))

/** What may stand in the policy's `frame-ancestors`: a host may begin with `*.`. */
const ancestor = (part: string) => part === '*' || part === 'none' || /^https?:\/\/(\*\.)?[\w.-]+(:\d+)?\/?$/.test(part)

export const httpVariables = {
  CONSOLE_CORS_ALLOW_ORIGINS: optional(list('origins such as https://console.example.com, comma-separated', origin), {
    group: 'http',
    roles: serving,
    description: 'Origins whose pages may call the console API.',
    defaultNote: '`CONSOLE_WEB_URL`',
  }),
  WEB_API_CORS_ALLOW_ORIGINS: withDefault('*', list('origins such as https://www.example.com, comma-separated, or *', origin), {
    group: 'http',
    roles: serving,
    description: 'Origins whose pages may call the API of published apps.',
  }),
  APP_WEB_FRAME_ANCESTORS: withDefault(
    '*',
    list('origins such as https://www.example.com or https://*.example.com, comma-separated, or *, or none', ancestor),
    {
      group: 'http',
      roles: serving,
      description:
        'Origins whose pages may show published apps in a frame: `*` is any, `none` is nobody. The console stands in no frame, whatever this says.',
    },
  ),
  RESPECT_XFORWARD_HEADERS_ENABLED: withDefault('false', flag(), {
    group: 'http',
    roles: serving,
    description:
      'Believe the last entry of `X-Forwarded-*`. Only behind a reverse proxy that sets them, else anybody can pretend another address; without it, all visitors who come through a proxy share its address and the limits of it.',
  }),
  HTTP_BODY_MAX_SIZE: withDefault('10', wholeNumber({ minimum: 1, maximum: 1024 }), {
    group: 'http',
    roles: serving,
    description: 'Largest JSON request, in MB; uploads have limits of their own.',
  }),
  HTTP_BODY_TIMEOUT: withDefault('60', wholeNumber({ minimum: 1 }), {
    group: 'http',
    roles: serving,
    description: 'How long a request may take to arrive whole, in seconds.',
  }),
}
