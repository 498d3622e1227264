export const models = 'models'
