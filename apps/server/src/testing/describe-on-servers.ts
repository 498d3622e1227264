import { afterAll, beforeAll, describe } from 'vitest'
import { skipSuite } from '../../../../tools/test-services/index.ts'
import { findServices } from './find-services.ts'
import { startTestServer, type TestServer, type TestServerOptions } from './test-server.ts'

/**
 * Runs a suite against the whole server: on what a newcomer gets (SQLite, everything in one process), and on PostgreSQL with Redis
 * where the machine has them. Await it at the top of the file; each call has a database of its own.
 */
export async function describeOnServers(
  name: string,
  options: TestServerOptions,
  suite: (server: () => TestServer) => void,
): Promise<void> {
  const describeOn = (title: string, env: Readonly<Record<string, string>>): void => {
    describe(title, () => {
      let server: TestServer
      beforeAll(async () => {
        server = await startTestServer({ ...options, env: { ...env, ...options.env } })
      })
      afterAll(() => server?.close())
      suite(() => server)
    })
  }
  describeOn(`${name} on SQLite`, {})
  const services = await findServices()
  const title = `${name} on PostgreSQL and Redis`
  if (services.isAvailable) describeOn(title, services.env)
  else skipSuite(title, services)
}
