// Time of the mixer: an engine at rest, tracks that rest, and tracks that play one voice each into a return. Node.
import { bootEngine, type TestEngine } from '../test/engine.ts'
import { sawPatch, voice } from '../test/patches.ts'
import { installChain, returns, tone, track } from '../test/strips.ts'

const QUANTUM_US = (128 / 48000) * 1e6

/** Least time of one 128-frame call in microseconds. */
function call(engine: TestEngine): number {
  engine.render(48000)
  let best = Infinity
  for (let round = 0; round < 400; round++) {
    const begun = performance.now()
    for (let i = 0; i < 10; i++) engine.instance.exports.engine_render!(128)
    best = Math.min(best, (performance.now() - begun) * 100)
  }
  return best
}

function session(tracks: number, voices: number, mix: boolean): TestEngine {
  const engine = bootEngine()
  const port = engine.commands.at(null)
  port.masterBypass(0, true)
  if (mix) installChain(engine, returns(0))
  for (let index = 0; index < tracks; index++) {
    port.installProgram(track(index), engine.load({ patch: sawPatch({ voices: voice(64) }) }).handle, 'switch')
    for (let note = 0; note < voices; note++) port.noteOn(track(index), note + 1, 40 + note, 0.8)
    if (!mix) continue
    port.stripGain(track(index), -12)
    port.stripPan(track(index), 0.3)
    port.stripSend(track(index), 0, -12, false)
  }
  return engine
}

export default function bench(): { what: string; value: number; unit: string }[] {
  const idle = call(bootEngine())
  const plain = call(session(64, 1, false))
  const mixed = call(session(64, 1, true))
  const tones = bootEngine()
  for (let index = 0; index < 64; index++) {
    tones.commands.at(null).installProgram(track(index), tones.load(tone()).handle, 'switch')
    tones.commands.at(null).noteOn(track(index), 1, 60, 1)
  }
  const percent = (us: number): number => (us / QUANTUM_US) * 100
  return [
    { what: 'engine at rest', value: idle, unit: 'us' },
    { what: '64 tracks at rest, 64 voices each', value: call(session(64, 0, false)), unit: 'us' },
    { what: '16 tracks, one voice, gain, balance and a send', value: percent(call(session(16, 1, true))), unit: '%' },
    { what: '64 tracks, one voice, all at unity', value: percent(plain), unit: '%' },
    { what: '64 tracks, one voice, gain, balance and a send', value: percent(mixed), unit: '%' },
    { what: 'gain, balance and a send of one track', value: ((mixed - plain) / 64 / 4) * 1000, unit: 'ns' },
    { what: '64 tracks of one sine', value: percent(call(tones)), unit: '%' },
  ]
}
