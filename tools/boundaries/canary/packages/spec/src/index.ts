export const spec = 'spec'
