import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { AppError } from '../errors/app-error.ts'
import { allRoutes } from '../routes/all-routes.ts'
import type { RouteContract } from '../routes/define-route.ts'
import { consoleRoutes } from './index.ts'
import { decodePassword, encodePassword } from './password-transport.ts'

const id = '0196f1b2-7a3c-7d00-8000-0123456789ab'
const isValid = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success
const model = { provider: 'openai', name: 'gpt', completion_params: { temperature: 0.5, odd: true } }

describe('a model_config', () => {
  const { body } = consoleRoutes.publishModelConfig

  it('keeps unknown keys, at the top and inside', () => {
    const config = body.parse({ model: { ...model, extra: 1 }, later_feature: { enabled: true } })
    expect(config).toMatchObject({ model: { extra: 1, completion_params: { odd: true } }, later_feature: { enabled: true } })
  })

  it('fills absent and null sections', () => {
    expect(body.parse({ model, pre_prompt: null, suggested_questions: null, more_like_this: null })).toMatchObject({
      prompt_type: 'simple',
      pre_prompt: '',
      suggested_questions: [],
      more_like_this: { enabled: false },
      user_input_form: [],
    })
  })

  it('hands out defaults that are not shared', () => {
    const first = body.parse({ model })
    first.suggested_questions.push('changed')
    first.more_like_this.enabled = true
    expect(body.parse({ model })).toMatchObject({ suggested_questions: [], more_like_this: { enabled: false } })
  })

  it('needs a model with its parameters, and takes at most four stop texts', () => {
    expect(isValid(body, {})).toBe(false)
    expect(isValid(body, { model: { provider: 'openai', name: 'gpt' } })).toBe(false)
    expect(isValid(body, { model: { ...model, completion_params: { stop: ['a', 'b', 'c', 'd', 'e'] } } })).toBe(false)
  })

  it('comes back as it was saved', () => {
    const config = body.parse({ model, extra: 'kept' })
    expect(body.parse(config)).toEqual(config)
    expect(
      consoleRoutes.getDraftConfig.responses[200].parse({ model_config: config, hash: 'h', updated_at: 1, has_unpublished_changes: true }),
    ).toMatchObject({ model_config: config })
  })

  it('knows the controls of a form', () => {
    const field = { label: 'Name', variable: 'name', required: true, max_length: 48 }
    expect(isValid(body, { model, user_input_form: [{ 'text-input': field }] })).toBe(true)
    expect(isValid(body, { model, user_input_form: [{ slider: field }] })).toBe(false)
  })
})

describe('GET /apps', () => {
  const { query } = consoleRoutes.listApps

  it('reads ids in brackets, alone and repeated', () => {
    expect(query.parse({ 'tag_ids[0]': id, 'tag_ids[1]': id }).tag_ids).toEqual([id, id])
    expect(query.parse({ creator_ids: id }).creator_ids).toEqual([id])
    expect(query.parse({ creator_ids: [id, id] }).creator_ids).toEqual([id, id])
    expect(query.parse({}).tag_ids).toEqual([])
  })

  it('refuses what is no id, and a limit over 100', () => {
    expect(isValid(query, { 'tag_ids[0]': 'x' })).toBe(false)
    expect(isValid(query, { limit: '101' })).toBe(false)
  })
})

describe('POST /setup', () => {
  const { body, errorBody, errorStatus } = consoleRoutes.setup
  const administrator = { email: 'Ada@Example.org', name: 'Ada', password: 'analytic1' }

  it.each(['short1', 'lettersonly', '12345678'])('refuses the password %j', (password) => {
    expect(isValid(body, { ...administrator, password })).toBe(false)
  })

  it('takes a letter of any script', () => {
    expect(isValid(body, { ...administrator, password: 'пароль12' })).toBe(true)
  })

  it('answers errors in the shape of its framework', () => {
    expect(errorStatus.invalid_param).toBe(422)
    expect(errorBody(new AppError('invalid_param', { message: 'email: bad' }))).toEqual({
      error: { type: 'validation_error', message: 'Unprocessable Entity', status: 422, details: 'email: bad' },
    })
    expect(errorBody(new AppError('already_setup'))).toMatchObject({
      error: { type: 'authorization_error', message: 'Forbidden', status: 403 },
    })
  })
})

describe('password transport', () => {
  it.each(['plain', 'pä€ss wörd', '密码🔑'])('carries %j', (text) => {
    expect(decodePassword(encodePassword(text))).toBe(text)
  })

  it('skips characters outside the alphabet and does without padding', () => {
    expect(decodePassword(' cGF z\nc3dv\tcmQ')).toBe('password')
  })

  it.each(['A', '/w=='])('makes nothing of %j', (encoded) => {
    expect(decodePassword(encoded)).toBeUndefined()
  })
})

describe('every route', () => {
  const nameOf = (route: RouteContract) => `${route.surface} ${route.method} ${route.path}`

  it('has an address of its own', () => {
    const shapes = allRoutes.map((route) => nameOf(route).replaceAll(/[:*]\w+/g, ':'))
    expect(shapes.filter((shape, index) => shapes.indexOf(shape) !== index)).toEqual([])
  })

  it('parses exactly the parameters that its path names', () => {
    for (const route of allRoutes) {
      const places = [...route.path.matchAll(/[:*](\w+)/g)].map((match) => match[1])
      const parsed = route.params && 'shape' in route.params ? Object.keys(route.params.shape as object) : [] // params are plain objects throughout
      expect(parsed.toSorted(), nameOf(route)).toEqual(places.toSorted())
    }
  })

  it('lets nobody below an editor change or read the inside of an app, and no dataset operator see one', () => {
    const ofApps = allRoutes.filter((route) => route.surface === 'console' && route.path.startsWith('/apps'))
    for (const { auth, ...route } of ofApps) {
      const roles = auth.type === 'session' ? (auth.roles ?? []) : []
      expect(roles.length, route.path).toBeGreaterThan(0)
      expect(roles, route.path).not.toContain('dataset_operator')
      // A star is the caller's own and changes nothing of the app.
      if (route.method !== 'GET' && !route.path.endsWith('/star')) expect(roles, route.path).not.toContain('normal')
    }
  })
})
