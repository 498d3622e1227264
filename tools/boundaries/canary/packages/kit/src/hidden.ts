export const hidden = 'not in the face'
