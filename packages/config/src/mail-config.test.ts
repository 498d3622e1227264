import { describe, expect, it } from 'vitest'
import { configOf, faultsOf, load } from './testing/load-env.ts'

const from = { MAIL_DEFAULT_SEND_FROM: 'Trellis <trellis@example.com>' }
const smtp = { ...from, MAIL_TYPE: 'smtp', SMTP_SERVER: 'mail' }

describe('mail', () => {
  it('is not sent where nothing is said', () => {
    expect(configOf({}).mail).toBeUndefined()
  })

  it.each([
    [{}, { encryption: 'none', port: 465, login: undefined }],
    [{ SMTP_USE_TLS: 'true' }, { encryption: 'tls' }],
    [
      { SMTP_USE_TLS: 'true', SMTP_OPPORTUNISTIC_TLS: 'true', SMTP_PORT: '587' },
      { encryption: 'starttls', port: 587 },
    ],
    [{ SMTP_USERNAME: 'a', SMTP_PASSWORD: 'b' }, { login: { username: 'a', password: 'b' } }],
  ])('goes to a server as Dify’s variables say: %j', (env, expected) => {
    expect(configOf({ ...smtp, ...env }).mail).toMatchObject({ type: 'smtp', host: 'mail', ...expected })
  })

  it.each([
    ['SMTP_SERVER', { ...from, MAIL_TYPE: 'smtp' }],
    ['MAIL_DEFAULT_SEND_FROM', { MAIL_TYPE: 'smtp', SMTP_SERVER: 'mail' }],
    ['MAIL_DEFAULT_SEND_FROM', { ...smtp, MAIL_DEFAULT_SEND_FROM: 'nobody' }],
    ['SMTP_OPPORTUNISTIC_TLS', { ...smtp, SMTP_OPPORTUNISTIC_TLS: 'true' }],
    ['SMTP_PASSWORD', { ...smtp, SMTP_USERNAME: 'a' }],
    ['SENDGRID_API_KEY', { ...from, MAIL_TYPE: 'sendgrid' }],
  ])('is missing %s: %j', (variable, env) => {
    expect(faultsOf(env).map((fault) => fault.variable)).toEqual([variable])
  })

  it('goes over HTTP to the services that have keys', () => {
    expect(configOf({ ...from, MAIL_TYPE: 'sendgrid', SENDGRID_API_KEY: 'SG.x' }).mail).toMatchObject({
      apiUrl: 'https://api.sendgrid.com',
    })
    expect(configOf({ ...from, MAIL_TYPE: 'resend', RESEND_API_KEY: 're_x' }).mail).toMatchObject({ apiUrl: 'https://api.resend.com' })
  })

  it('is off, and does not keep from starting, with what Dify’s sample file says of Resend', () => {
    const sample = { MAIL_TYPE: 'resend', RESEND_API_KEY: 'your-resend-api-key', SMTP_USE_TLS: 'true', SMTP_PORT: '465' }
    expect(configOf(sample).mail).toBeUndefined()
    expect(load(sample).warnings.map(({ variable }) => variable)).toContain('RESEND_API_KEY')
  })
})
