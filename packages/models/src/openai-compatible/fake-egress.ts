import type { Egress, EgressRequest, EgressResponse } from '@trellis/spec'

export interface FakeEgress extends Egress {
  readonly requests: readonly EgressRequest[]
}

/** An egress that reaches nobody: it answers each request as it is told and remembers it; for providers whose address is fixed. */
export function createFakeEgress(answer: (request: EgressRequest) => { readonly status?: number; readonly body: string }): FakeEgress {
  const requests: EgressRequest[] = []
  const request = async (wanted: EgressRequest): Promise<EgressResponse> => {
    requests.push(wanted)
    const { status = 200, body } = answer(wanted)
    const bytes = async () => new TextEncoder().encode(body)
    const chunks = (async function* () {
      yield await bytes()
    })()
    return { status, headers: {}, url: wanted.url, chunks, bytes, text: async () => body }
  }
  return {
    requests,
    request,
    fetchFor: () => () => Promise.reject(new TypeError('this family does not use fetch')),
  }
}
