/** Shapes of service-api 7.1 and 7.3, accounts and workspaces. */
export type Role = 'owner' | 'admin' | 'editor' | 'normal' | 'dataset_operator'

export interface SetupStatus {
  readonly step: 'not_started' | 'finished'
  readonly setup_at: string | null
}

export interface Account {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly avatar_url: string | null
  readonly interface_language: string | null
  readonly interface_theme: string | null
  readonly timezone: string | null
  readonly last_login_at: number | null
  readonly created_at: number
}

export interface Workspace {
  readonly id: string
  readonly name: string
  readonly role: Role
}

export interface Member {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly status: string
  readonly last_active_at: number | null
}
