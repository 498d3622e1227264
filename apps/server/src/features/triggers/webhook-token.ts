import { randomToken } from '@trellis/kit'

/** Part of a webhook's address, which nobody guesses: 24 characters that stand in addresses as they are (service-api 0.3). */
export const newWebhookToken = (): string => randomToken(24)
