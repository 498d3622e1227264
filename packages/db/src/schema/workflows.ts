import type { Flag, JsonText, Milliseconds } from './columns.ts'

/** Versions of a workflow's graph: one draft an app, and what was published of it, which never changes. */
export interface WorkflowsTable {
  id: string
  tenant_id: string
  app_id: string
  /** `draft`, or the time of publication as text, as in Dify. */
  version: string
  marked_name: string
  marked_comment: string
  /** Nodes, edges and viewport as the app file or the editor wrote them. */
  graph: JsonText
  features: JsonText
  /** A list; values of secrets are sealed. */
  environment_variables: JsonText
  conversation_variables: JsonText
  /** What else the app file held and an export gives back: `{ root, app, workflow }`. */
  extra: JsonText
  /** Of the graph alone: who saves a draft names the one that he began with. */
  hash: string
  created_by: string
  created_at: Milliseconds
  updated_by: string
  updated_at: Milliseconds
}

/** A conversation variable of a chatflow's, as its conversation has it now. */
export interface ConversationVariablesTable {
  conversation_id: string
  /** As the workflow names it; not always a UUID. */
  variable_id: string
  tenant_id: string
  app_id: string
  name: string
  value_type: string
  value: JsonText
  created_at: Milliseconds
  updated_at: Milliseconds
}

/** What an editor's last runs left of variables, to be looked at, changed, and used for runs of single nodes. */
export interface DraftVariablesTable {
  id: string
  tenant_id: string
  app_id: string
  account_id: string
  /** A node's id, `sys`, `conversation` or `env`. */
  node_id: string
  name: string
  description: string
  value_type: string
  value: JsonText
  /** What lists show in place of a value that is too large for them. */
  preview: JsonText | null
  /** What the run left, where somebody has changed that since. */
  original: JsonText | null
  visible: Flag
  editable: Flag
  /** The run and the execution that it came from. */
  run_id: string | null
  execution_id: string | null
  last_edited_at: Milliseconds | null
  created_at: Milliseconds
  updated_at: Milliseconds
}

/** The last execution of a node in an editor's trial runs. */
export interface DraftNodeRunsTable {
  id: string
  tenant_id: string
  app_id: string
  account_id: string
  node_id: string
  /** What the console shows of it, but for whoever ran it. */
  record: JsonText
  ended_at: Milliseconds
}

/** A form that a run asked people to fill in. */
export interface HumanInputFormsTable {
  id: string
  tenant_id: string
  app_id: string
  run_id: string
  execution_id: string
  node_id: string
  node_title: string
  /** What is asked, as the run told it when it paused. */
  definition: JsonText
  /** `closed`: its run ended without it. */
  status: 'waiting' | 'submitted' | 'expired' | 'closed'
  /** What was answered: action, values, and the form filled in with them. */
  submission: JsonText | null
  /** The end user or the account; null where only the token was shown. */
  submitted_by: string | null
  submitted_at: Milliseconds | null
  expires_at: Milliseconds
  /** Whether its expiry ends the run rather than taking the node's way out. */
  stops_run: Flag
  created_at: Milliseconds
  /** When its run went on with what came of it, or ended; null as long as that is to come. */
  settled_at: Milliseconds | null
}

/** Whoever may answer a form, each with a key of their own. */
export interface HumanInputRecipientsTable {
  id: string
  tenant_id: string
  app_id: string
  form_id: string
  channel: 'web_app' | 'email' | 'console'
  /** Of `email`. */
  address: string | null
  /** Opens the form to whoever has it. */
  token: string
  /** When a letter was handed in to be sent; of `email`, once that is done. */
  mailed_at: Milliseconds | null
  created_at: Milliseconds
}

/** A node that starts runs by itself: of what is published, or, of webhooks, of a draft that is being tried. */
export interface WorkflowTriggersTable {
  id: string
  tenant_id: string
  app_id: string
  node_id: string
  kind: 'webhook' | 'schedule'
  /** Of the node, as published. */
  title: string
  /** Part of a webhook's address. It stays the node's, whatever is published and taken back. */
  token: string | null
  /** Of a schedule: five fields, or a word such as `@daily`, in a time zone of IANA's. */
  cron: string | null
  timezone: string | null
  /** Whether the version that callers get has the node. */
  is_published: Flag
  is_enabled: Flag
  /** When a schedule that is published and enabled is due next. */
  next_run_at: Milliseconds | null
  created_by: string
  created_at: Milliseconds
  updated_at: Milliseconds
}
