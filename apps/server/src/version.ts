/** Told in `X-Version` and by `/console/api/version`; Dify's clients compare it with the releases of Dify that they know. */
export const DIFY_COMPATIBLE_VERSION = '1.15.0'
export const TRELLIS_VERSION = '0.1.0'
