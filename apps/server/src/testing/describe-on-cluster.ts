import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { skipSuite } from '../../../../tools/test-services/index.ts'
import { findServices } from './find-services.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'
import { startTestServer, type TestServer, type TestServerOptions } from './test-server.ts'

/** Servers on one PostgreSQL, one Redis and one folder. */
export interface TestCluster {
  readonly a: TestServer
  readonly b: TestServer
  /** One more, as a process of its own that can be killed. It knows nothing of the tests' clock. */
  startProcess(): Promise<ServerProcess>
}

/** Runs a suite on two servers of this process. Skips, and says so, where the machine lacks what they share. Await it at the top of the file. */
export async function describeOnCluster(
  name: string,
  options: TestServerOptions,
  suite: (cluster: () => TestCluster) => void,
): Promise<void> {
  const services = await findServices()
  if (!services.isAvailable) return skipSuite(name, services)
  describe(name, () => {
    const env = { ...services.env, ...options.env }
    const processes: ServerProcess[] = []
    let folder: string
    let cluster: TestCluster
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'trellis-cluster-'))
      const [a, b] = [await startTestServer({ ...options, env, folder }), await startTestServer({ ...options, env, folder })]
      cluster = {
        a,
        b,
        async startProcess() {
          const started = await startServerProcess({ env, folder })
          processes.push(started)
          return started
        },
      }
    })
    afterAll(async () => {
      await Promise.all(processes.map(({ kill }) => kill()))
      await cluster?.a.close()
      await cluster?.b.close()
      await rm(folder, { recursive: true, force: true })
    })
    suite(() => cluster)
  })
}
