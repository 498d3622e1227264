import { webRoutes } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { routes } from './routes.ts'

describe('routes', () => {
  it('are what the contracts say', () => {
    for (const [name, route] of Object.entries(routes)) {
      const contract = Object.entries(webRoutes).find(([contractName]) => contractName === name)?.[1]
      const { surface, method, path } = route
      expect({ name, surface, method, path }).toEqual({ name, surface: contract?.surface, method: contract?.method, path: contract?.path })
      expect([name, 'body' in route]).toEqual([name, contract !== undefined && 'body' in contract])
      expect([name, 'rawBody' in route]).toEqual([name, contract !== undefined && 'rawBody' in contract])
    }
  })
})
