import { defineRoute } from '@trellis/contracts'
import { silentLogger } from '@trellis/spec'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createMount } from './mount.ts'
import { createHttpServer } from './server.ts'

const of = (path: string) =>
  defineRoute({
    surface: 'system',
    method: 'GET',
    path,
    summary: 'Tell what was understood',
    tag: 'Tests',
    auth: { type: 'public' },
    params: z.record(z.string(), z.string()),
    responses: { 200: z.object({ route: z.string(), params: z.record(z.string(), z.string()) }) },
  })

describe('a parameter that may hold slashes', () => {
  let server: FastifyInstance

  beforeAll(async () => {
    server = await createHttpServer({
      logger: silentLogger,
      version: '0',
      environment: 'TEST',
      cors: { consoleOrigins: [], webOrigins: [] },
      trustProxy: false,
      maxBodyBytes: 1_000,
      requestTimeoutMs: 10_000,
      isStrict: true,
    })
    const mount = createMount(server, async () => ({ type: 'public' }))
    const paths = [
      '/current/providers/*provider',
      '/current/providers/*provider/models',
      '/current/providers/*provider/models/credentials',
      '/:tenant/providers/*provider/:icon/:lang',
    ]
    for (const route of paths.map(of)) mount(route).to(async ({ params }) => ({ route: route.path, params }))
    await server.ready()
  })
  afterAll(() => server.close())

  const ask = async (url: string) => (await server.inject(url)).json()

  it.each(['openai', 'langgenius/openai/openai'])('is joined again: %s', async (provider) => {
    expect(await ask(`/current/providers/${provider}`)).toEqual({
      route: '/current/providers/*provider',
      params: expect.objectContaining({ provider }),
    })
    expect(await ask(`/current/providers/${provider}/models`)).toMatchObject({
      route: '/current/providers/*provider/models',
      params: { provider },
    })
    expect(await ask(`/current/providers/${provider}/models/credentials`)).toMatchObject({
      route: '/current/providers/*provider/models/credentials',
      params: { provider },
    })
    expect(await ask(`/tenant-1/providers/${provider}/icon_small/en_US`)).toMatchObject({
      route: '/:tenant/providers/*provider/:icon/:lang',
      params: { tenant: 'tenant-1', provider, icon: 'icon_small', lang: 'en_US' },
    })
  })

  it('may come escaped', async () => {
    expect(await ask('/current/providers/langgenius%2Fopenai%2Fopenai/models')).toMatchObject({
      params: { provider: 'langgenius/openai/openai' },
    })
  })

  it('is nothing else than one or three segments', async () => {
    const body = await ask('/current/providers/langgenius/openai')
    expect(body).toMatchObject({ code: 'not_found', status: 404 })
  })
})
