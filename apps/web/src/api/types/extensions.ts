import type { ApiExtension, ApiExtensionInput, ApiExtensionUser } from '@trellis/contracts'

export type { ApiExtension, ApiExtensionInput, ApiExtensionUser }
