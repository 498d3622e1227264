/** What every route behind a passport has in common. */
export const webApp = { surface: 'web', auth: { type: 'passport' } } as const
