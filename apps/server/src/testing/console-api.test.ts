import { allRoutes } from '@trellis/contracts'
import { expect, it } from 'vitest'
import { consoleApiLines, notServed } from './console-api-lines.ts'

/** Names of parameters differ, and where a path holds a provider with slashes. */
const shapeOf = (path: string): string => path.replace(/[:*]\w+|\{\w+\}/g, '{}')
const served = new Set(allRoutes.filter(({ surface }) => surface === 'console').map(({ method, path }) => `${method} ${shapeOf(path)}`))

const routesOf = (lines: string): readonly string[] =>
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [methods = '', path = ''] = line.split(' ')
      return methods.split(',').map((method) => `${method} ${path}`)
    })

const isServed = (route: string): boolean => {
  const [method = '', path = ''] = route.split(' ')
  return served.has(`${method} ${shapeOf(path)}`)
}

it.each(Object.entries(consoleApiLines))('the console API serves %s, but for what is listed as to come', (_, lines) => {
  const routes = routesOf(lines)
  const listed = new Set(Object.values(notServed).flatMap(routesOf))
  expect(routes.filter((route) => !isServed(route))).toEqual(routes.filter((route) => listed.has(route)))
})

it('lists nothing as to come that is no line', () => {
  const all = new Set(Object.values(consoleApiLines).flatMap(routesOf))
  expect(
    Object.values(notServed)
      .flatMap(routesOf)
      .filter((route) => !all.has(route)),
  ).toEqual([])
})
