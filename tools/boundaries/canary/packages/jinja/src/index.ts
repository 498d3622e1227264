export const jinja = 'jinja'
