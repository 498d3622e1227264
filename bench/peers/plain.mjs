// Plain async functions, one a node, each awaited: what JavaScript itself needs. They tell nobody anything.
// Every contender has this shape: bench/src/engine/contender.ts.
const add = async (n, by) => n + by
const isSame = async (n, other) => n === other

const runs = {
  async W1() {
    let n = 0
    for (let place = 0; place < 10; place += 1) n = await add(n, 1)
    return n
  },
  async W2() {
    const results = await Promise.all(Array.from({ length: 10 }, (_, place) => add(0, place)))
    return results.reduce((sum, n) => sum + n, 0)
  },
  async W3() {
    const results = []
    for (let item = 1; item <= 100; item += 1) results.push(await add(item, item))
    return results.reduce((sum, n) => sum + n, 0)
  },
  async W4() {
    let n = 0
    for (let place = 0; place < 10; place += 1) n = (await isSame(0, place)) ? await add(n, 1) : await add(n, 2)
    return n
  },
}

export const prepare = (workload) => ({ run: runs[workload], events: () => 0 })
