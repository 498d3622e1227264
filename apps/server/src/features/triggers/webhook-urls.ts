/** Where a webhook is called: for what is published, and for whoever tries the draft. */
export const webhookUrls = (baseUrl: string, token: string) => ({
  live: `${baseUrl}/triggers/webhook/${token}`,
  trial: `${baseUrl}/triggers/webhook-debug/${token}`,
})
