/** A vector as it is stored: of length 1, so that a product is the cosine. */
export function encodeVector(values: readonly number[]): string {
  const unit = toUnit(values)
  const bytes = Buffer.alloc(unit.length * 4)
  for (const [index, value] of unit.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes.toString('base64')
}

export function decodeVector(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64')
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))
}

/** A vector of nothing stays nothing: it is near to none. */
export function toUnit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => (length === 0 ? 0 : value / length))
}

/** Vectors of another size have nothing to do with each other. */
export function cosineOf(left: Float32Array, right: Float32Array): number {
  if (left.length !== right.length) return 0
  let sum = 0
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0)
  return sum
}
