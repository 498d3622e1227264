import type { Annotation, AnnotationHit, AnnotationJobState, AnnotationSetting } from '@trellis/contracts'
import { basePath } from '../base-path.ts'
import type { HttpClient } from './http-client.ts'
import { type SendFileOptions, sendFile } from './send-file.ts'
import type { Page } from './types/apps.ts'

export interface AnnotationText {
  readonly question: string
  readonly answer: string
}

export interface ReplyInput {
  readonly score_threshold: number
  /** Two empty names: questions are found by their words alone. */
  readonly embedding_provider_name: string
  readonly embedding_model_name: string
}

type PageQuery = { readonly page: number; readonly limit: number }

export interface AnnotationsApi {
  list(appId: string, query: PageQuery & { readonly keyword?: string | undefined }): Promise<Page<Annotation>>
  create(appId: string, text: AnnotationText): Promise<Annotation>
  /** Makes or replaces the annotation of a message. */
  annotate(appId: string, messageId: string, text: AnnotationText): Promise<Annotation>
  update(appId: string, id: string, text: AnnotationText): Promise<Annotation>
  remove(appId: string, ids: readonly string[] | 'all'): Promise<void>
  hits(appId: string, id: string, query: PageQuery): Promise<Page<AnnotationHit>>
  /** As CSV. */
  exportFile(appId: string): Promise<Blob>
  importFile(appId: string, file: File, options: Pick<SendFileOptions, 'signal' | 'onProgress'>): Promise<{ readonly job_id: string }>
  importJob(appId: string, jobId: string): Promise<AnnotationJobState>
  setting(appId: string): Promise<AnnotationSetting>
  switchReply(appId: string, action: 'enable' | 'disable', input: ReplyInput): Promise<{ readonly job_id: string }>
  replyJob(appId: string, jobId: string): Promise<AnnotationJobState>
}

export function createAnnotationsApi(http: HttpClient): AnnotationsApi {
  const base = (appId: string): string => `/apps/${appId}/annotations`
  return {
    list: (appId, query) => http.get(base(appId), { query }),
    create: (appId, text) => http.post(base(appId), text),
    annotate: (appId, messageId, text) => http.post(base(appId), { ...text, message_id: messageId }),
    update: (appId, id, text) => http.post(`${base(appId)}/${id}`, text),
    remove: (appId, ids) => {
      const names = ids === 'all' ? '' : `?${ids.map((id) => `annotation_id=${id}`).join('&')}`
      return http.delete(`${base(appId)}${names}`)
    },
    hits: (appId, id, query) => http.get(`${base(appId)}/${id}/hit-histories`, { query }),
    exportFile: (appId) => http.download(`${base(appId)}/export`, { query: { format: 'csv' } }),
    importFile: async (appId, file, options) => {
      // Renews the session where it has to be: the upload goes beside this client.
      await http.get(`${base(appId)}/count`)
      const answer = await sendFile({
        url: `${basePath()}/console/api${base(appId)}/batch-import`,
        headers: http.headers(),
        file,
        ...options,
      })
      // Our own server's answer, in the shape of its contract.
      return answer as { readonly job_id: string }
    },
    importJob: (appId, jobId) => http.get(`${base(appId)}/batch-import-status/${jobId}`),
    setting: (appId) => http.get(`/apps/${appId}/annotation-setting`),
    switchReply: (appId, action, input) => http.post(`/apps/${appId}/annotation-reply/${action}`, input),
    replyJob: (appId, jobId) => http.get(`/apps/${appId}/annotation-reply/enable/status/${jobId}`),
  }
}
