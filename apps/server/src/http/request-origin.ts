import type { FastifyRequest } from 'fastify'

/** Scheme, host and base path under which the caller reached us, without a trailing slash: the base of our addresses where none is configured. */
export const requestOrigin = (request: FastifyRequest): string => `${request.protocol}://${request.host}${request.server.basePath ?? ''}`
