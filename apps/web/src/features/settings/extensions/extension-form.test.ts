import { describe, expect, it } from 'vitest'
import { findFaults, formOf, toInput } from './extension-form.ts'

const stored = { id: 'e', name: 'Words', api_endpoint: 'https://a.test/', api_key: 'abc******xyz', created_at: 0 }
const filled = { name: ' Words ', endpoint: ' https://a.test/ ', key: ' a-secret ' }

describe('the form of an API extension', () => {
  it('becomes what the server takes', () => {
    expect(toInput(filled)).toEqual({ name: 'Words', api_endpoint: 'https://a.test/', api_key: 'a-secret' })
    expect(findFaults(filled, undefined)).toEqual({})
  })

  it('keeps the key that stands, unless the address has changed', () => {
    const form = formOf(stored)
    expect(findFaults(form, stored)).toEqual({})
    expect(toInput(form).api_key).toBe('[__HIDDEN__]')
    expect(findFaults({ ...form, endpoint: 'https://b.test/' }, stored)).toEqual({ key: 'moved' })
    expect(findFaults({ ...form, endpoint: 'https://b.test/', key: 'a-secret' }, stored)).toEqual({})
  })

  it('names what is missing', () => {
    expect(findFaults(formOf(undefined), undefined)).toEqual({ name: 'name', endpoint: 'endpoint', key: 'key' })
    expect(findFaults({ ...filled, endpoint: 'a.test', key: 'four' }, undefined)).toEqual({ endpoint: 'endpoint', key: 'key' })
    expect(findFaults({ ...filled, key: 'schlüssel' }, stored)).toEqual({ key: 'key' })
  })
})
