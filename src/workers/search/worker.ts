// The search worker: index and ranking, so that typing never waits for them (search worker).
import { moving, serve } from '../rpc.ts'
import { createSearchDesk } from './desk.ts'
import type { SearchApi } from './protocol.ts'

const desk = createSearchDesk()

const api: SearchApi = {
  ...desk,
  search(request, signal) {
    const reply = desk.search(request, signal)
    return moving(reply, [reply.keys.buffer, reply.scores.buffer])
  },
}

serve(api)
