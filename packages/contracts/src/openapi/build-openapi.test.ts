import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { allRoutes } from '../routes/all-routes.ts'
import { defineRoute, type Surface } from '../routes/define-route.ts'
import { buildOpenApi } from './build-openapi.ts'

const info = { title: 'Trellis', version: '1.2.3' }
const surfaces: readonly Surface[] = ['service', 'console', 'web', 'files', 'system']

describe.each(surfaces)('the description of %s', (surface) => {
  const document = buildOpenApi(surface, allRoutes, info)
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))

  it('holds every route of the surface', () => {
    const expected = allRoutes.filter((route) => route.surface === surface).map((route) => `${route.method} ${route.path}`)
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.toSorted()).toEqual(expected.map((name) => name.replaceAll(/[:*](\w+)/g, '{$1}')).toSorted())
  })

  it('refers only to schemas and security schemes that it holds', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '')
    const known = new Set(Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`))
    expect(references.filter((reference) => !known.has(reference))).toEqual([])
    const schemes = operations
      .flatMap((operation) => z.array(z.record(z.string(), z.unknown())).parse(operation['security']))
      .flatMap(Object.keys)
    expect(schemes.filter((scheme) => !(scheme in document.components.securitySchemes))).toEqual([])
  })

  it('names each operation once', () => {
    const ids = operations.map((operation) => operation['operationId'])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('declares a parameter for each place in a path', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const places = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      for (const operation of Object.values(methods)) {
        const declared = z.array(z.looseObject({ name: z.string(), in: z.string() })).parse(operation['parameters'])
        expect(
          declared
            .filter((parameter) => parameter.in === 'path')
            .map((parameter) => parameter.name)
            .toSorted(),
        ).toEqual(places.toSorted())
      }
    }
  })
})

describe('buildOpenApi', () => {
  const route = defineRoute({
    surface: 'console',
    method: 'PUT',
    path: '/things/*provider/rename',
    summary: 'Rename a thing',
    tag: 'Things',
    auth: { type: 'session', roles: ['owner'] },
    params: z.object({ provider: z.string() }),
    query: z.object({ limit: z.coerce.number().default(20), needed: z.string() }),
    body: z.object({ name: z.string() }),
    responses: { 200: z.object({ id: z.string() }) },
    errors: ['conflict'],
  })
  const operation = buildOpenApi('console', [route], info).paths['/things/{provider}/rename']?.['put']

  it('tells which query parameters a caller must send', () => {
    expect(operation?.['parameters']).toMatchObject([
      { name: 'provider', in: 'path', required: true },
      { name: 'limit', in: 'query', required: false },
      { name: 'needed', in: 'query', required: true },
    ])
  })

  it('lists errors by status: those of the guard, of parsing and of the route', () => {
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(operation?.['responses']))).toEqual([
      '200',
      '400',
      '401',
      '403',
      '409',
      '500',
    ])
  })

  it('asks for cookie and CSRF header together', () => {
    expect(operation?.['security']).toEqual([{ session: [], csrf: [] }])
  })

  it('puts the origin before the prefix of the surface', () => {
    expect(buildOpenApi('service', [], { ...info, origin: 'https://example.org' }).servers).toEqual([{ url: 'https://example.org/v1' }])
  })
})
