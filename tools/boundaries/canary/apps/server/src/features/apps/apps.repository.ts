export const findApp = 'the tables of apps'
