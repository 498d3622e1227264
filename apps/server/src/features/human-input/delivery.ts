import type { ApprovalChannel } from '@trellis/contracts'
import { z } from 'zod'

/**
 * To whom a form goes (workflow spec 2.23). Files of older versions name `whole_workspace` and `user_id`; what cannot be read is nobody.
 */
const recipient = z.looseObject({
  type: z.string(),
  reference_id: z.string().nullish(),
  user_id: z.string().nullish(),
  email: z.string().nullish(),
})
const emailConfig = z.looseObject({
  recipients: z
    .looseObject({
      include_bound_group: z.boolean().nullish(),
      whole_workspace: z.boolean().nullish(),
      items: z.array(recipient).nullish(),
    })
    .nullish(),
  debug_mode: z.boolean().nullish(),
})
const method = z.looseObject({ type: z.string(), enabled: z.boolean().nullish(), config: z.unknown() })

export interface Delivery {
  /** Whoever uses the app may answer. */
  readonly toWebApp: boolean
  readonly email: EmailDelivery | undefined
}

export interface EmailDelivery {
  readonly toWholeWorkspace: boolean
  readonly accountIds: readonly string[]
  readonly addresses: readonly string[]
}

export interface DeliveryContext {
  /** Dify's word for the surface that the run was started from. */
  readonly invokeFrom: string
  /** Who runs it, where that is an account. */
  readonly accountId: string | undefined
}

const fromEditor = (invokeFrom: string): boolean => invokeFrom === 'debugger' || invokeFrom === 'explore'

export function readDelivery(methods: readonly unknown[], { invokeFrom, accountId }: DeliveryContext): Delivery {
  const enabled = methods.flatMap((item) => {
    const parsed = method.safeParse(item)
    return parsed.success && parsed.data.enabled !== false ? [parsed.data] : []
  })
  const emails = enabled.filter(({ type }) => type === 'email').map(({ config }) => readEmail(config, { invokeFrom, accountId }))
  return {
    // Whoever tries an app in the editor answers there.
    toWebApp: !fromEditor(invokeFrom) && enabled.some(({ type }) => type === 'webapp'),
    email: emails.length === 0 ? undefined : emails.reduce(join),
  }
}

function readEmail(config: unknown, { invokeFrom, accountId }: DeliveryContext): EmailDelivery {
  const parsed = emailConfig.safeParse(config).data
  // A trial run in debug mode writes to nobody but whoever tries.
  if (parsed?.debug_mode && fromEditor(invokeFrom)) {
    return { toWholeWorkspace: false, accountIds: accountId === undefined ? [] : [accountId], addresses: [] }
  }
  const items = parsed?.recipients?.items ?? []
  return {
    toWholeWorkspace: (parsed?.recipients?.include_bound_group ?? parsed?.recipients?.whole_workspace) === true,
    accountIds: items.flatMap((item) => (item.type === 'member' ? (item.reference_id ?? item.user_id ?? []) : [])),
    addresses: items.flatMap((item) => (item.type === 'external' && item.email ? [item.email] : [])),
  }
}

const join = (one: EmailDelivery, other: EmailDelivery): EmailDelivery => ({
  toWholeWorkspace: one.toWholeWorkspace || other.toWholeWorkspace,
  accountIds: [...one.accountIds, ...other.accountIds],
  addresses: [...one.addresses, ...other.addresses],
})

/** Where a form can be answered. The console is told of where nobody else was asked: editors may always stand in. */
export function toChannels({ toWebApp, email }: Delivery): ApprovalChannel[] {
  const channels: ApprovalChannel[] = [...(toWebApp ? ['web_app' as const] : []), ...(email ? ['email' as const] : [])]
  return toWebApp ? channels : [...channels, 'console']
}

/** Whether the run's own caller answers where the run was started. */
export const isShownInChat = ({ toWebApp }: Delivery, { invokeFrom }: DeliveryContext): boolean => toWebApp || fromEditor(invokeFrom)
