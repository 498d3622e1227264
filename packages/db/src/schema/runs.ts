import type { JsonText, Milliseconds } from './columns.ts'

/** A process that executes runs. Its runs have a live lease exactly while its row has not expired. */
export interface HostsTable {
  id: string
  started_at: Milliseconds
  expires_at: Milliseconds
}

export interface RunsTable {
  id: string
  tenant_id: string
  app_id: string
  kind: 'chat' | 'completion' | 'chatflow' | 'workflow'
  /** The caller's handle for stop. */
  task_id: string
  conversation_id: string | null
  message_id: string | null
  /** `paused` runs wait for people and have no host; `partial-succeeded` ones had failures that a strategy dealt with. */
  status: 'running' | 'paused' | 'succeeded' | 'partial-succeeded' | 'failed' | 'stopped' | 'interrupted'
  invoke_from: string
  from_end_user_id: string | null
  from_account_id: string | null
  /** The key of the Service API that the call came with. */
  api_key_id: string | null
  /** The host that executes it; its fence together with `epoch`. */
  host_id: string
  /** Counts the lives of the run: a take-over adds one, and offsets of an earlier life mean nothing to a reader any more. */
  epoch: number
  /** Set where a stop was asked for, for a host that missed the message. */
  stop_requested_at: Milliseconds | null
  error_code: string | null
  error: string | null
  total_tokens: number
  ledger: JsonText | null
  /** Of workflows: the version that it runs. */
  workflow_id: string | null
  /** Dify's word for what started it: `app-run`, `debugging`, `single-step`, `webhook`, `schedule`. */
  triggered_from: string | null
  inputs: JsonText | null
  outputs: JsonText | null
  total_steps: number | null
  exceptions_count: number | null
  /** How long it was at work, pauses not counted. */
  elapsed_ms: Milliseconds | null
  created_at: Milliseconds
  finished_at: Milliseconds | null
}

/** An upload that a run has to do with: its inputs name it, an answer to one of its forms does, or a node has made it. */
export interface RunFilesTable {
  run_id: string
  upload_file_id: string
  tenant_id: string
  app_id: string
}

/** The name under which a visitor's page asked for a run: asked again by the same name, it is the same run. */
export interface RunAsksTable {
  /** An end user belongs to one app. */
  end_user_id: string
  ask_id: string
  tenant_id: string
  run_id: string
  created_at: Milliseconds
}

/** The journal: one row a batch of events. */
export interface RunEventsTable {
  run_id: string
  /** Offset of the batch's first event. */
  first_offset: number
  epoch: number
  /** How many events the batch holds. */
  event_count: number
  events: JsonText
  created_at: Milliseconds
}
