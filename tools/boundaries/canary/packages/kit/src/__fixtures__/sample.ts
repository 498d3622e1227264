export const aBuilder = 'only for tests'
