export const cache = 'cache'
