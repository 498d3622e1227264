import { ApiError } from '@trellis/client'
import type { AppParameters, WebSite } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { bootApp } from './boot.ts'

const site = { title: 'Guide' } as WebSite['site'] // only handed on
const parameters = {} as AppParameters // only handed on
const refusal = (status: number, code: string) => new ApiError({ status, code, message: '' })

interface AServer {
  readonly sites?: readonly Error[]
  readonly parametersError?: Error
  readonly hasOldPassport?: boolean
}

/** A server that gives these answers to `getSite`, the last one for ever. */
function aServer({ sites = [], parametersError, hasOldPassport = false }: AServer = {}) {
  const asked: true[] = []
  const answers = [...sites]
  return {
    asked,
    api: {
      async getSite() {
        asked.push(true)
        const error = answers.length > 1 ? answers.shift() : answers[0]
        if (error && error.message !== 'fine') throw error
        return { site } as WebSite // the rest is read by nobody
      },
      async getParameters() {
        if (parametersError) throw parametersError
        return parameters
      },
      renewPassport: () => hasOldPassport,
    },
  }
}

const faultOf = async (server: ReturnType<typeof aServer>) => {
  const boot = await bootApp(server.api)
  return boot.status === 'faulty' ? boot.fault : boot.status
}

describe('bootApp', () => {
  it('brings site and parameters', async () => {
    expect(await bootApp(aServer().api)).toEqual({ status: 'ready', site, parameters })
  })

  it('exchanges a passport that is not taken any more', async () => {
    const server = aServer({ sites: [refusal(401, 'unauthorized'), new Error('fine')], hasOldPassport: true })
    expect(await faultOf(server)).toBe('ready')
    expect(server.asked).toHaveLength(2)
  })

  it('asks once where another passport would change nothing', async () => {
    const server = aServer({ sites: [refusal(404, 'not_found')] })
    expect(await faultOf(server)).toBe('unknown')
    expect(server.asked).toHaveLength(1)
  })

  it('tells apart what is wrong', async () => {
    expect(await faultOf(aServer({ sites: [refusal(404, 'not_found')] }))).toBe('unknown')
    expect(await faultOf(aServer({ sites: [refusal(400, 'bad_request')] }))).toBe('off')
    expect(await faultOf(aServer({ sites: [refusal(0, 'network_unreachable')] }))).toBe('failed')
    expect(await faultOf(aServer({ parametersError: refusal(400, 'app_unavailable') }))).toBe('unready')
  })

  it('tells members who are not signed in from whoever is none', async () => {
    expect(await faultOf(aServer({ sites: [refusal(401, 'web_sso_auth_required')] }))).toBe('members')
    expect(await faultOf(aServer({ sites: [refusal(401, 'web_app_access_denied')] }))).toBe('strangers')
  })

  it('keeps the site where only the rest is missing', async () => {
    expect(await bootApp(aServer({ parametersError: refusal(500, 'unknown') }).api)).toMatchObject({
      status: 'faulty',
      fault: 'failed',
      site,
    })
  })
})
