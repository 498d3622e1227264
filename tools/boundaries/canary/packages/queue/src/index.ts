export const queue = 'queue'
