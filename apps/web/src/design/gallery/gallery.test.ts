import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as design from '../index.ts'

const source = readFileSync(new URL('./GalleryPage.tsx', import.meta.url), 'utf8')
/** Nothing to look at by themselves. */
const frames = ['DesignProvider', 'ToastProvider']

it('shows every primitive of the design system', () => {
  const primitives = Object.keys(design).filter((name) => /^[A-Z]/.test(name) && !frames.includes(name))
  expect(primitives.length).toBeGreaterThan(25)
  expect(primitives.filter((name) => !source.includes(`<${name}`))).toEqual([])
})
