export const config = 'config'
