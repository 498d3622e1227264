import type { Flag, JsonText, Milliseconds } from './columns.ts'

export interface AccountsTable {
  id: string
  name: string
  /** Lower-case. */
  email: string
  password_hash: string | null
  avatar: string | null
  interface_language: string
  interface_theme: string
  timezone: string
  status: 'active' | 'pending' | 'banned' | 'closed'
  last_login_at: Milliseconds | null
  last_login_ip: string | null
  last_active_at: Milliseconds | null
  created_at: Milliseconds
  updated_at: Milliseconds
}

export interface TenantsTable {
  id: string
  name: string
  plan: string
  status: 'normal' | 'archive'
  /** The workspace's own key, sealed under SECRET_KEY. */
  sealed_key: string
  custom_config: JsonText
  created_at: Milliseconds
  updated_at: Milliseconds
}

export interface TenantMembersTable {
  tenant_id: string
  account_id: string
  role: 'owner' | 'admin' | 'editor' | 'normal' | 'dataset_operator'
  /** The workspace in which the account is now. */
  is_current: Flag
  invited_by: string | null
  last_opened_at: Milliseconds | null
  created_at: Milliseconds
}

/** Somebody who may join a workspace with an address of theirs. Gone once they have. */
export interface InvitationsTable {
  id: string
  tenant_id: string
  /** Lower-case; one invitation an address and workspace. */
  email: string
  role: Exclude<TenantMembersTable['role'], 'owner'>
  /** SHA-256 of the token in the link, hex. */
  token_hash: string
  invited_by: string
  expires_at: Milliseconds
  created_at: Milliseconds
}

/** Facts about this installation, such as when it was set up. */
export interface SettingsTable {
  key: string
  value: string
  updated_at: Milliseconds
}

/** A sign-in that goes on: a browser where somebody is signed in. */
export interface AccountSessionsTable {
  /** `family_id` of its refresh tokens. */
  id: string
  account_id: string
  user_agent: string
  ip: string
  created_at: Milliseconds
  /** Of its latest renewal: within an access token's life of the truth. */
  last_seen_at: Milliseconds
}

export interface RefreshTokensTable {
  /** SHA-256 of the token, hex. */
  token_hash: string
  account_id: string
  /** All tokens that descend from one sign-in: reuse of a spent one ends the family. */
  family_id: string
  used_at: Milliseconds | null
  expires_at: Milliseconds
  created_at: Milliseconds
}

/** Proof that somebody reads an address, on its way: a code that was mailed, or (once that came back, or without one) the right to go on. */
export interface AccountChallengesTable {
  id: string
  purpose: 'sign-in' | 'register' | 'reset-password' | 'change-email' | 'transfer-ownership' | 'delete-account'
  /** Who has the token goes on; it changes with each step. */
  token_hash: string
  /** Keyed by SECRET_KEY. Null: nothing is left to prove. */
  code_hash: string | null
  /** Lower-case. */
  email: string
  /** Whose it is, where that is known before it is proven. */
  account_id: string | null
  /** What the purpose adds. */
  details: string | null
  failures: number
  expires_at: Milliseconds
  created_at: Milliseconds
}

/** An account elsewhere, by which one signs in here. */
export interface AccountIdentitiesTable {
  id: string
  account_id: string
  provider: string
  /** What the provider calls the person, for ever. */
  subject: string
  /** As the provider knew it at the last sign-in. */
  email: string
  created_at: Milliseconds
  last_used_at: Milliseconds
}
