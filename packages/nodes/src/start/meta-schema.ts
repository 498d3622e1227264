import type { Schema } from '@cfworker/json-schema'

const schema: Schema = { $ref: '#' }
const schemas: Schema = { type: 'array', minItems: 1, items: schema }
const named: Schema = { type: 'object', additionalProperties: schema }
const texts: Schema = { type: 'array', items: { type: 'string' }, uniqueItems: true }
const count: Schema = { type: 'integer', minimum: 0 }
const number: Schema = { type: 'number' }
const text: Schema = { type: 'string' }
const simpleType: Schema = { enum: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] }

/** What a schema of JSON Schema draft 7 looks like. */
export const metaSchema: Schema = {
  type: ['object', 'boolean'],
  properties: {
    $id: text,
    $schema: text,
    $ref: text,
    $comment: text,
    title: text,
    description: text,
    readOnly: { type: 'boolean' },
    examples: { type: 'array' },
    multipleOf: { type: 'number', exclusiveMinimum: 0 },
    maximum: number,
    exclusiveMaximum: number,
    minimum: number,
    exclusiveMinimum: number,
    maxLength: count,
    minLength: count,
    pattern: { type: 'string', format: 'regex' },
    additionalItems: schema,
    items: { anyOf: [schema, schemas] },
    maxItems: count,
    minItems: count,
    uniqueItems: { type: 'boolean' },
    contains: schema,
    maxProperties: count,
    minProperties: count,
    required: texts,
    additionalProperties: schema,
    definitions: named,
    properties: named,
    patternProperties: { type: 'object', additionalProperties: schema, propertyNames: { format: 'regex' } },
    dependencies: { type: 'object', additionalProperties: { anyOf: [schema, texts] } },
    propertyNames: schema,
    enum: { type: 'array' },
    type: { anyOf: [simpleType, { type: 'array', items: simpleType, minItems: 1, uniqueItems: true }] },
    format: text,
    contentMediaType: text,
    contentEncoding: text,
    // Spelled so, because an object with a member `then` is taken for a promise.
    ...Object.fromEntries(['if', 'then', 'else'].map((keyword) => [keyword, schema])),
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
    not: schema,
  },
}
