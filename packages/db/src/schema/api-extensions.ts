import type { Milliseconds } from './columns.ts'

/** A server of the workspace's own that apps ask: to moderate, or for data. */
export interface ApiExtensionsTable {
  id: string
  tenant_id: string
  /** Once in a workspace. */
  name: string
  api_endpoint: string
  /** What it is sent as bearer token, sealed under the workspace's key. */
  sealed_api_key: string
  created_by: string
  created_at: Milliseconds
  updated_at: Milliseconds
}
