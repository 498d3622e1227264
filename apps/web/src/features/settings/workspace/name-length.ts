/** As much as the server takes. */
export const MAX_WORKSPACE_NAME_LENGTH = 100
