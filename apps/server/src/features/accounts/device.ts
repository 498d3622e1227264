import type { FastifyRequest } from 'fastify'
import type { Device } from './session-tokens.ts'

export const deviceOf = (request: FastifyRequest): Device => ({ ip: request.ip, userAgent: request.headers['user-agent'] ?? '' })
