import { randomToken } from '@trellis/kit'

/** Part of a webhook's address, which nobody guesses: 24 characters that stand in addresses as they are (service-api 0.3). */
export const newWebhookToken = (): string => randomToken(24)

export const isWebhookToken = (text: string): boolean => /^[A-Za-z0-9]{24}$/.test(text)
