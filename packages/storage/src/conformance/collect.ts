export async function toArray<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}

export async function toBuffer(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await toArray(stream))
}
