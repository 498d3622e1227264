export const values = 'values'
