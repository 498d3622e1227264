export const variables = 'variables'
