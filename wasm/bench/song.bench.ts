// What the sequencer costs: 64 tracks with nothing to do, notes by the second, moving lanes, jumps. Node.
import { encodeAutomation } from '../../src/compile/songTables.ts'
import { constants } from '../../src/generated/wire.ts'
import { BEAT, bootSong, clipsOf, note, timelineOf, TRACK, type SongRig } from '../test/song/rig.ts'

const SAMPLE_RATE = 48000
const QUANTUM = 128

/** Least microseconds of a quantum over many: what the code costs, without what else the machine does. */
function least(rig: SongRig, quanta: number): number {
  const render = rig.instance.exports.engine_render!
  let best = Infinity
  for (let i = 0; i < quanta; i++) {
    const begin = performance.now()
    render(QUANTUM)
    best = Math.min(best, performance.now() - begin)
  }
  return best * 1000
}

/** Mean microseconds of a quantum, the best of five stretches. */
function mean(rig: SongRig, quanta: number): number {
  const render = rig.instance.exports.engine_render!
  let best = Infinity
  for (let round = 0; round < 5; round++) {
    const begin = performance.now()
    for (let i = 0; i < quanta; i++) render(QUANTUM)
    best = Math.min(best, ((performance.now() - begin) * 1000) / quanta)
  }
  return best
}

function boot(tracks: number, clips: Uint8Array | null, automation: Uint8Array | null): SongRig {
  const rig = bootSong(SAMPLE_RATE)
  // A tempo that moves is the dear one.
  const tempo = [
    { tick: 0, bpm: 120, ramp: true },
    { tick: 4000 * BEAT, bpm: 121, ramp: false },
  ]
  rig.commands.at(null).installTimeline(rig.table(timelineOf(tempo)))
  for (let track = 0; track < tracks; track++) {
    if (clips) rig.commands.installClips(TRACK + track, rig.table(clips))
    if (automation) rig.commands.installAutomation(TRACK + track, rig.table(automation))
  }
  rig.commands.transportPlay(0)
  rig.render(SAMPLE_RATE)
  return rig
}

export default async function bench() {
  const percent = (us: number): number => (100 * us) / ((QUANTUM / SAMPLE_RATE) * 1e6)
  const bare = bootSong(SAMPLE_RATE)
  bare.render(SAMPLE_RATE)
  const nothing = least(bare, 4000)
  const far = clipsOf([note(20_000, 1)])
  const idle = least(boot(constants.tracks, far, null), 4000)

  const perBeat = 100
  const dense = clipsOf(Array.from({ length: 200_000 }, (_, i) => note(i / perBeat, 0.005, 60)))
  const notes = boot(16, dense, null)
  const busy = mean(notes, 2000)
  const notesPerQuantum = (16 * perBeat * 2 * QUANTUM) / SAMPLE_RATE
  const lane = { target: 'gain', index: 0, device: 0, param: 0 } as const
  const slow = encodeAutomation([
    {
      ...lane,
      points: [
        { tick: 0, value: -40, curve: 0.5, hold: false },
        { tick: 20_000 * BEAT, value: 0, curve: 0, hold: false },
      ],
    },
  ])
  const moving = mean(boot(constants.tracks, null, slow), 2000)

  const jumping = boot(16, dense, slow)
  const jumps: number[] = []
  for (let i = 0; i < 500; i++) {
    jumping.commands.at(null).transportSeek((i * 7919 * BEAT) % (1500 * BEAT), 'ticks')
    const begin = performance.now()
    jumping.instance.exports.engine_pump!()
    jumps.push((performance.now() - begin) * 1000)
  }
  jumps.sort((a, b) => a - b)
  return [
    { what: 'engine at rest without a song', value: percent(nothing), unit: '%' },
    { what: 'sequencer, 64 tracks that wait, tempo ramp: on top', value: percent(idle - nothing), unit: '%', bar: 0.2 },
    { what: 'sequencer, one note on a tempo ramp', value: ((busy - idle) / notesPerQuantum) * 1000, unit: 'ns' },
    { what: '64 moving lanes: on top', value: percent(moving - nothing), unit: '%', bar: 3 },
    { what: 'seek over 16 tracks of 200 000 notes, median', value: jumps[250]!, unit: 'us', bar: 300 },
  ]
}
