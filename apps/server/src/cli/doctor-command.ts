import { join } from 'node:path'
import type { Config, Warning } from '@trellis/config'
import { createEgress } from '@trellis/kit'
import type { Clock, Logger } from '@trellis/spec'
import { SECRET_FILE } from '../data-folder.ts'
import { toGuardOptions } from '../guard-options.ts'
import { openConfiguredDatabase, openRedisCache, openStorage } from '../platform.ts'
import { openCodeSandbox } from '../sandbox.ts'
import { exitCodeOf, runDoctor } from './doctor.ts'
import { createDoctorProbes } from './doctor-probes.ts'
import { renderFindings } from './doctor-report.ts'

export interface DoctorCommand {
  readonly config: Config
  readonly warnings: readonly Warning[]
  readonly clock: Clock
  readonly logger: Logger
  readonly output: { readonly hasColour: boolean; write(text: string): void }
}

/** `trellis job doctor`: prints what it found and gives the exit code, 1 where something failed. Takes no lock and changes nothing. */
export async function runDoctorCommand({ config, warnings, clock, logger, output }: DoctorCommand): Promise<0 | 1> {
  const egress = createEgress({ ...toGuardOptions(config), proxies: config.egress.proxies })
  const probes = createDoctorProbes({
    config,
    warnings,
    secretKeyFile: join(config.dataFolder, SECRET_FILE),
    openDatabase: () => openConfiguredDatabase(config),
    openCache: async (redis) => openRedisCache({ redis, eventsRedis: config.eventsRedis }, logger),
    openStorage: async () => openStorage(config.storage, clock),
    openSandbox: () => openCodeSandbox({ config, logger, egress }),
  })
  const findings = await runDoctor(probes).finally(() => egress.close())
  output.write(renderFindings(findings, output))
  return exitCodeOf(findings)
}
