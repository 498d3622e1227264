import { AppError, serviceAnnotationRoutes as routes } from '@trellis/contracts'
import type { AppKeyActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import type { AnnotationPlace } from './annotations.service.ts'
import { type AnnotationRouteDependencies, assertTalking, isAnswering, listPage } from './console.routes.ts'
import { presentAnnotation } from './present-annotations.ts'
import { toReplyWish } from './reply/reply-wire.ts'

export interface ServiceAnnotationDependencies extends Pick<AnnotationRouteDependencies, 'annotations' | 'reply' | 'states'> {
  /** Whose name stands on what a key writes: the owner of the workspace. */
  readonly ownerOf: (tenantId: string) => Promise<string>
}

/** `/v1/apps`: the same by app key. */
export function mountServiceAnnotations(mount: Mount, { annotations, reply, states, ownerOf }: ServiceAnnotationDependencies): void {
  const placeOf = async ({ app, tenantId }: AppKeyActor): Promise<AnnotationPlace & { readonly app: AppKeyActor['app'] }> => {
    if (!isAnswering(app)) throw new AppError('not_chat_app')
    return { app, accountId: await ownerOf(tenantId) }
  }
  mount(routes.listAppAnnotations).to(async ({ actor, query }) => {
    if (!isAnswering(actor.app)) throw new AppError('not_chat_app')
    return listPage(annotations, actor.app, query)
  })
  mount(routes.createAppAnnotation).to(async ({ actor, body }) => presentAnnotation(await annotations.create(await placeOf(actor), body)))
  mount(routes.updateAppAnnotation).to(async ({ actor, params, body }) =>
    presentAnnotation(await annotations.update(await placeOf(actor), { ...body, id: params.annotation_id })),
  )
  mount(routes.deleteAppAnnotation).to(async ({ actor, params }) => {
    await annotations.delete((await placeOf(actor)).app, params.annotation_id)
    return null
  })
  mount(routes.switchAppAnnotationReply).to(async ({ actor, params, body }) => {
    const place = await placeOf(actor)
    assertTalking(place.app)
    const jobId = params.action === 'enable' ? await reply.enable(place, toReplyWish(body)) : await reply.disable(place)
    return { job_id: jobId, job_status: 'waiting' }
  })
  mount(routes.getAppAnnotationReplyJob).to(async ({ actor, params }) =>
    states.read({ kind: params.action, appId: actor.app.id, jobId: params.job_id }),
  )
}
