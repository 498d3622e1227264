import type { Milliseconds } from './columns.ts'

export interface TagsTable {
  id: string
  tenant_id: string
  type: 'app' | 'knowledge' | 'snippet'
  /** Once for each type of a workspace. */
  name: string
  created_by: string
  created_at: Milliseconds
}

export interface TagBindingsTable {
  tag_id: string
  /** What is tagged, by the tag's type: an app. */
  target_id: string
  tenant_id: string
  created_by: string
  created_at: Milliseconds
}
