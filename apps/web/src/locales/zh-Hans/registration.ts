import registration from './registration.json' with { type: 'json' }

/** Comes with the page on which an account is made: nobody makes two. */
export const registrationTexts = { registration }
