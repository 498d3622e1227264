/** Where files live. Keys are `/`-separated, relative, without `..`; a backend refuses anything else with `invalid_param`. */
export interface Storage {
  /** Writes the whole object; readers see the old one or the new one, never a part. */
  write(key: string, content: Uint8Array | AsyncIterable<Uint8Array>, options?: { readonly contentType?: string }): Promise<void>
  /** @throws AppError `file_not_found` */
  read(key: string): Promise<Uint8Array>
  /** Streams the object, or the byte range `start..end` (both inclusive). @throws AppError `file_not_found` */
  readStream(key: string, range?: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array>
  /** Size in bytes, or undefined where there is no such object. */
  size(key: string): Promise<number | undefined>
  /** Deleting what is not there is not an error. */
  delete(key: string): Promise<void>
  /** Keys that start with the prefix, in byte order. */
  list(prefix: string): AsyncIterable<string>
  /** Proves that the backend can be reached and written to; throws a plain sentence otherwise. */
  check(): Promise<void>
  close(): Promise<void>
}
