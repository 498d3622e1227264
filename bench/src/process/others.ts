import { describeMachine, machineCpuMs } from '../machine.ts'
import { cpuMsOf, processTree } from './process-stats.ts'

/** Asked later: CPU of the machine since now that neither we nor our children have used, in per cent of all cores. */
export function watchOthers(): () => number {
  const [startMs, machineMs, ownMs] = [performance.now(), machineCpuMs(), cpuMsOf(processTree(process.pid))]
  return () => {
    const others = Math.max(0, machineCpuMs() - machineMs - (cpuMsOf(processTree(process.pid)) - ownMs))
    return (others * 100) / ((performance.now() - startMs) * describeMachine().cores)
  }
}
