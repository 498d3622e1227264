// The fake provider as a process of its own: node tools/fake-openai/cli.ts --port 0 --tokens 200 --rate 20
// Prints one line of JSON, {"url": ...}, once it listens; ends on SIGTERM, SIGINT, or with the process that spawned it.
import { parseSettings } from './behaviour.ts'
import { startFakeOpenai } from './server.ts'

const parameters = process.argv.slice(2)
if (parameters.length % 2 === 1) {
  console.error('Usage: node cli.ts [--port n] [--key secret] [--keep n] [--tokens n] [--rate n] [--first ms] [--fault name] ...')
  process.exit(2)
}
const settings = new Map<string, string>()
for (let index = 0; index < parameters.length; index += 2)
  settings.set((parameters[index] ?? '').replace(/^--/, ''), parameters[index + 1] ?? '')
const take = (name: string): string | undefined => {
  const value = settings.get(name)
  settings.delete(name)
  return value
}
const port = Number(take('port') ?? 0)
const keepRequests = Number(take('keep') ?? 1000)
const apiKey = take('key')

const fake = await startFakeOpenai({ port, keepRequests, ...(apiKey === undefined ? {} : { apiKey }), ...parseSettings([...settings]) })
console.log(JSON.stringify({ url: fake.url }))

const stop = async (): Promise<void> => {
  await fake.close()
  process.exit(0)
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
process.once('disconnect', stop)
