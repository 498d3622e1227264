import type { AppsTable, Db } from '@trellis/db'
import type { Cache, JobRegistration, Logger, RateLimiter, Storage } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import type { TableChanges } from '../../table-changes.ts'
import { createAnnotationImports, type ImportLimits } from './annotation-import.ts'
import { createAnnotationService } from './annotations.service.ts'
import { type AnnotationRouteDependencies, mountConsoleAnnotations } from './console.routes.ts'
import { createJobStates } from './job-state.ts'
import { type AnnotationPreflight, createAnnotationPreflight } from './reply/annotation-preflight.ts'
import { createReplyJobs, type ReplyJobDependencies } from './reply/annotation-reply.jobs.ts'
import { createAnnotationReply } from './reply/annotation-reply.service.ts'
import { raiseVersion } from './reply/annotation-settings.repository.ts'
import { mountServiceAnnotations } from './service.routes.ts'

export interface AnnotationsDependencies extends Omit<ReplyJobDependencies, 'states'>, Pick<AnnotationRouteDependencies, 'uploads'> {
  readonly cache: Cache
  readonly logger: Logger
  readonly tableChanges: TableChanges
  readonly rateLimiter: RateLimiter
  readonly storage: Storage
  readonly limits: ImportLimits
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
  readonly findOwner: (db: Db, tenantId: string) => Promise<{ readonly id: string } | undefined>
}

/** Answers that people wrote, and what has apps give them. */
export interface Annotations {
  readonly jobs: readonly JobRegistration[]
  /** Looks whether somebody has written the answer already. */
  readonly preflight: AnnotationPreflight
  mountRoutes(mount: Mount): void
}

export function createAnnotations(dependencies: AnnotationsDependencies): Annotations {
  const { db, limits, findOwner } = dependencies
  const states = createJobStates(dependencies.cache)
  const reply = createAnnotationReply({ ...dependencies, states })
  const changes = {
    onChange: (db: Db, app: Pick<AppsTable, 'id' | 'tenant_id'>) => raiseVersion(db, app.tenant_id, app.id),
    onWritten: reply.embedMissing,
  }
  const annotations = createAnnotationService({ ...dependencies, ...changes })
  const imports = createAnnotationImports({ ...dependencies, ...changes, states })
  return {
    jobs: [...imports.jobs, ...createReplyJobs({ ...dependencies, states })],
    preflight: createAnnotationPreflight(dependencies),
    mountRoutes(mount) {
      mountConsoleAnnotations(mount, { ...dependencies, annotations, imports, reply, states, importLimits: limits })
      mountServiceAnnotations(mount, {
        annotations,
        reply,
        states,
        async ownerOf(tenantId) {
          const owner = await findOwner(db, tenantId)
          if (!owner) throw new TypeError('A workspace has no owner')
          return owner.id
        },
      })
    },
  }
}

export {
  findAnnotatedConversations,
  findLoggedAnnotations,
  findLoggedHits,
  type LoggedAnnotation,
  type LoggedHit,
} from './logged-annotations.ts'
