// Layout of every record, enumeration and constant that TypeScript shares with the engine. Written by `npm run gen` from the engine's own description; never edit. Any thread.

/** Byte size of each record; byte offset, element type and element count of its fields. */
export const records = {
  /** A command to the engine. */
  command: {
    bytes: 32,
    offset: {
      /** EVENT */
      type: 0,
      /** COMMAND_FLAG in the low byte, generation in the high byte. */
      flags: 2,
      /** Strip. */
      target: 4,
      /** Engine frame; the smallest i64 means now. */
      frame: 8,
    },
    type: {
      type: 'u16',
      flags: 'u16',
      target: 'u32',
      frame: 'i64',
    },
    count: {
      type: 1,
      flags: 1,
      target: 1,
      frame: 1,
    },
  },
  /** Payload of noteOn. */
  noteOn: {
    bytes: 32,
    offset: {
      /** Program, or 0 for the strip's own. */
      handle: 16,
      /** Chosen by the producer; addresses this voice. */
      noteId: 20,
      /** MIDI note number, may be fractional. */
      note: 24,
      /** 0..1 */
      velocity: 28,
    },
    type: {
      handle: 'u32',
      noteId: 'u32',
      note: 'f32',
      velocity: 'f32',
    },
    count: {
      handle: 1,
      noteId: 1,
      note: 1,
      velocity: 1,
    },
  },
  /** Payload of noteOff. */
  noteOff: {
    bytes: 32,
    offset: {
      /** As given to noteOn. */
      noteId: 16,
      /** With flag byNote. */
      note: 20,
      /** 0..1 */
      velocity: 24,
    },
    type: {
      noteId: 'u32',
      note: 'f32',
      velocity: 'f32',
    },
    count: {
      noteId: 1,
      note: 1,
      velocity: 1,
    },
  },
  /** Payload of express. */
  express: {
    bytes: 32,
    offset: {
      /** As given to noteOn; 0: every held voice. */
      noteId: 16,
      /** With flag byNote. */
      note: 20,
      /** In the unit of its kind. */
      value: 24,
      /** EXPRESSION */
      kind: 28,
    },
    type: {
      noteId: 'u32',
      note: 'f32',
      value: 'f32',
      kind: 'u32',
    },
    count: {
      noteId: 1,
      note: 1,
      value: 1,
      kind: 1,
    },
  },
  /** Payload of bend, wheel, pressure, timbre, sustain, gains, pan, mutes, solo, metronome. */
  control: {
    bytes: 32,
    offset: {
      /** Of bend, wheel, pressure, timbre, sustain, gains in dB, pan, switches. */
      value: 16,
      /** bend: semitones at value 1. */
      range: 20,
    },
    type: {
      value: 'f32',
      range: 'f32',
    },
    count: {
      value: 1,
      range: 1,
    },
  },
  /** Payload of setParam and masterParam. */
  param: {
    bytes: 32,
    offset: {
      /** setParam: 0 instrument, 1.. effects; masterParam: 0.. */
      device: 16,
      /** Index in the plan or in the effect. */
      param: 18,
      /** Plain unit; options by index. */
      value: 20,
      /** Program, or 0 for the strip's own. */
      handle: 24,
    },
    type: {
      device: 'u16',
      param: 'u16',
      value: 'f32',
      handle: 'u32',
    },
    count: {
      device: 1,
      param: 1,
      value: 1,
      handle: 1,
    },
  },
  /** Payload of setBypass, masterBypass, tap, analysisTap, reset, ping. */
  toggle: {
    bytes: 32,
    offset: {
      /** Effect, tap, seed, token or level. */
      index: 16,
      /** 0 or 1. */
      on: 20,
      /** setBypass: program, or 0 for the strip's own. */
      handle: 24,
    },
    type: {
      index: 'u32',
      on: 'u32',
      handle: 'u32',
    },
    count: {
      index: 1,
      on: 1,
      handle: 1,
    },
  },
  /** Payload of installProgram, installTimeline, installClips, installAutomation, installRouting, installControls. */
  install: {
    bytes: 32,
    offset: {
      /** Program, or table of the transport. */
      handle: 16,
      /** INSTALL_MODE */
      mode: 20,
    },
    type: {
      handle: 'u32',
      mode: 'u32',
    },
    count: {
      handle: 1,
      mode: 1,
    },
  },
  /** Payload of stripSend. */
  send: {
    bytes: 32,
    offset: {
      /** Return, from 0. */
      index: 16,
      /** -120 or less: off. */
      gainDb: 20,
      /** 1: before the track's gain, pan and mute; 0: after; 2: as it is. */
      pre: 24,
    },
    type: {
      index: 'u32',
      gainDb: 'f32',
      pre: 'u32',
    },
    count: {
      index: 1,
      gainDb: 1,
      pre: 1,
    },
  },
  /** Payload of transportSeek. */
  seek: {
    bytes: 32,
    offset: {
      /** In `unit`, 0 or more. */
      position: 16,
      /** SEEK_UNIT */
      unit: 24,
    },
    type: {
      position: 'i64',
      unit: 'u32',
    },
    count: {
      position: 1,
      unit: 1,
    },
  },
  /** Payload of transportLoop. */
  loop: {
    bytes: 32,
    offset: {
      /** 0 or more. */
      startTick: 16,
      /** After the start. */
      endTick: 24,
    },
    type: {
      startTick: 'i64',
      endTick: 'i64',
    },
    count: {
      startTick: 1,
      endTick: 1,
    },
  },
  /** What the engine tells back. */
  reply: {
    bytes: 32,
    offset: {
      /** REPLY_TYPE */
      type: 0,
      /** REASON */
      reason: 2,
      /** Strip. */
      target: 4,
      /** Engine frame. */
      frame: 8,
      /** Note id, handle, token, device or level, by type. */
      id: 16,
      /** EVENT that was refused. */
      event: 20,
    },
    type: {
      type: 'u16',
      reason: 'u16',
      target: 'u32',
      frame: 'i64',
      id: 'u32',
      event: 'u32',
    },
    count: {
      type: 1,
      reason: 1,
      target: 1,
      frame: 1,
      id: 1,
      event: 1,
    },
  },
  /** Header of a ring of records; the records follow. */
  ring: {
    bytes: 192,
    offset: {
      /** Records written; the producer's. */
      head: 0,
      /** Records read; the consumer's. */
      tail: 64,
      /** Records that fit, a power of two. */
      capacity: 128,
    },
    type: {
      head: 'u32',
      tail: 'u32',
      capacity: 'u32',
    },
    count: {
      head: 1,
      tail: 1,
      capacity: 1,
    },
  },
  /** A latest-value slot. */
  slot: {
    bytes: 128,
    offset: {
      /** Odd while the writer writes. */
      sequence: 0,
      /** Micro-block (low 32 bits) until which somebody listens. */
      lease: 4,
      /** Payload. */
      words: 32,
    },
    type: {
      sequence: 'u32',
      lease: 'u32',
      words: 'u32',
    },
    count: {
      sequence: 1,
      lease: 1,
      words: 1,
    },
  },
  /** Header of a tap ring; interleaved stereo f32 follows. */
  tap: {
    bytes: 192,
    offset: {
      /** Frames written; the engine's. */
      head: 0,
      /** Frames read; the reader's. */
      tail: 64,
      /** Frames that fit, a power of two. */
      capacity: 128,
      /** Frames that did not fit. */
      dropped: 132,
      /** 1 while the engine writes. */
      on: 136,
      /** `head` when the tap was last switched on. */
      startHead: 140,
      /** Engine frame of the first frame since then, low word. */
      startFrameLow: 144,
      /** High word. */
      startFrameHigh: 148,
      /** Strip that it listens to (strips: the master). */
      strip: 152,
    },
    type: {
      head: 'u32',
      tail: 'u32',
      capacity: 'u32',
      dropped: 'u32',
      on: 'u32',
      startHead: 'u32',
      startFrameLow: 'u32',
      startFrameHigh: 'u32',
      strip: 'u32',
    },
    count: {
      head: 1,
      tail: 1,
      capacity: 1,
      dropped: 1,
      on: 1,
      startHead: 1,
      startFrameLow: 1,
      startFrameHigh: 1,
      strip: 1,
    },
  },
  /** A strip's signal before its fader, between private engines. */
  stripPort: {
    bytes: 33280,
    offset: {
      /** By micro-block; 0: the strip was at rest. */
      rendered: 0,
      /** Before the fader; of micro-blocks that were rendered. */
      left: 512,
      /** The same. */
      right: 16896,
    },
    type: {
      rendered: 'u32',
      left: 'f32',
      right: 'f32',
    },
    count: {
      rendered: 1,
      left: 1,
      right: 1,
    },
  },
  /** Header of the replay log; commands follow. */
  log: {
    bytes: 64,
    offset: {
      /** Records since the last reset. */
      count: 0,
      /** Records that did not fit: the log cannot be replayed. */
      overflow: 4,
      /** Raised by each reset. */
      epoch: 8,
      /** Records that fit. */
      capacity: 12,
      /** Of the reset. */
      seed: 16,
      /** Engine frame of the reset, low word. */
      startFrameLow: 20,
      /** Engine frame of the reset, high word. */
      startFrameHigh: 24,
    },
    type: {
      count: 'u32',
      overflow: 'u32',
      epoch: 'u32',
      capacity: 'u32',
      seed: 'u32',
      startFrameLow: 'u32',
      startFrameHigh: 'u32',
    },
    count: {
      count: 1,
      overflow: 1,
      epoch: 1,
      capacity: 1,
      seed: 1,
      startFrameLow: 1,
      startFrameHigh: 1,
    },
  },
  /** The map of the shared memory, at engine_wire(). */
  wireHeader: {
    bytes: 108,
    offset: {
      /** wireMagic once the engine exists. */
      magic: 0,
      /** Counts rebuilds. */
      generation: 4,
      /** Hz. */
      sampleRate: 8,
      /** Of engine_create. */
      seed: 12,
      /** Command rings by PRODUCER. */
      commands: 16,
      /** Reply ring, read by the main thread. */
      replies: 28,
      /** Reply ring of returned programs, read by the control worker. */
      returns: 32,
      /** Seqlock slots by SLOT, each slot.size bytes. */
      slots: 36,
      /** Tap rings by TAP. */
      taps: 40,
      /** Replay log. */
      log: 64,
      /** maxRenderFrames floats. */
      outputLeft: 68,
      /** maxRenderFrames floats. */
      outputRight: 72,
      /** Stack of the audio instance, first byte. */
      stackBase: 76,
      /** Stack of the audio instance, one past the last byte. */
      stackEnd: 80,
      /** Last refused plan or song table: PLAN_ERROR, section, index, byte offset. */
      error: 84,
    },
    type: {
      magic: 'u32',
      generation: 'u32',
      sampleRate: 'f32',
      seed: 'u32',
      commands: 'u32',
      replies: 'u32',
      returns: 'u32',
      slots: 'u32',
      taps: 'u32',
      log: 'u32',
      outputLeft: 'u32',
      outputRight: 'u32',
      stackBase: 'u32',
      stackEnd: 'u32',
      error: 'u32',
    },
    count: {
      magic: 1,
      generation: 1,
      sampleRate: 1,
      seed: 1,
      commands: 3,
      replies: 1,
      returns: 1,
      slots: 1,
      taps: 6,
      log: 1,
      outputLeft: 1,
      outputRight: 1,
      stackBase: 1,
      stackEnd: 1,
      error: 4,
    },
  },
  /** First bytes of a plan. */
  planHeader: {
    bytes: 84,
    offset: {
      /** planMagic */
      magic: 0,
      /** Length of everything. */
      bytes: 4,
      /** Count. */
      ops: 8,
      /** Count, even. */
      ports: 12,
      /** Count. */
      params: 16,
      /** Count. */
      rows: 20,
      /** Count. */
      sources: 24,
      /** Count. */
      amounts: 28,
      /** Count. */
      tables: 32,
      /** Count. */
      harmonics: 36,
      /** Count. */
      effects: 40,
      /** Count. */
      effectValues: 44,
      /** Count; 0: no kit. */
      pads: 48,
      /** Wire buffers needed. */
      wires: 52,
      /** Wire. */
      left: 56,
      /** Wire. */
      right: 60,
      /** Polyphony; 0 without ops. */
      voices: 64,
      /** VOICE_MODE */
      mode: 68,
      /** Seconds from note to note. */
      glideSeconds: 72,
      /** Gain after the chain. */
      gainDb: 76,
      /** Estimated nanoseconds of four voices for one micro-block. */
      voiceNs: 80,
    },
    type: {
      magic: 'u32',
      bytes: 'u32',
      ops: 'u32',
      ports: 'u32',
      params: 'u32',
      rows: 'u32',
      sources: 'u32',
      amounts: 'u32',
      tables: 'u32',
      harmonics: 'u32',
      effects: 'u32',
      effectValues: 'u32',
      pads: 'u32',
      wires: 'u32',
      left: 'u32',
      right: 'u32',
      voices: 'u32',
      mode: 'u32',
      glideSeconds: 'f32',
      gainDb: 'f32',
      voiceNs: 'f32',
    },
    count: {
      magic: 1,
      bytes: 1,
      ops: 1,
      ports: 1,
      params: 1,
      rows: 1,
      sources: 1,
      amounts: 1,
      tables: 1,
      harmonics: 1,
      effects: 1,
      effectValues: 1,
      pads: 1,
      wires: 1,
      left: 1,
      right: 1,
      voices: 1,
      mode: 1,
      glideSeconds: 1,
      gainDb: 1,
      voiceNs: 1,
    },
  },
  /** One operation of a plan. */
  planOp: {
    bytes: 28,
    offset: {
      /** OP_KIND */
      kind: 0,
      /** Unit index. */
      unit: 2,
      /** Count. */
      inputs: 4,
      /** Count. */
      outputs: 6,
      /** Index into ports. */
      firstPort: 8,
      /** Index into params. */
      firstParam: 12,
      /** Index into rows. */
      firstRow: 16,
      /** Count. */
      rows: 20,
      /** Table index, or 65535. */
      table: 22,
      /** Handle of an asset of the unit's kind, or 0. */
      asset: 24,
    },
    type: {
      kind: 'u16',
      unit: 'u16',
      inputs: 'u16',
      outputs: 'u16',
      firstPort: 'u32',
      firstParam: 'u32',
      firstRow: 'u32',
      rows: 'u16',
      table: 'u16',
      asset: 'u32',
    },
    count: {
      kind: 1,
      unit: 1,
      inputs: 1,
      outputs: 1,
      firstPort: 1,
      firstParam: 1,
      firstRow: 1,
      rows: 1,
      table: 1,
      asset: 1,
    },
  },
  /** One modulated parameter. */
  planRow: {
    bytes: 8,
    offset: {
      /** Parameter of the unit. */
      param: 0,
      /** Count. */
      sources: 2,
      /** Index into sources. */
      firstSource: 4,
    },
    type: {
      param: 'u16',
      sources: 'u16',
      firstSource: 'u32',
    },
    count: {
      param: 1,
      sources: 1,
      firstSource: 1,
    },
  },
  /** One modulation source. */
  planSource: {
    bytes: 12,
    offset: {
      /** SOURCE_KIND */
      kind: 0,
      /** Wire index. */
      wire: 2,
      /** At source value 1. */
      amount: 4,
      /** Index into amounts in place of `amount`, or noKnob. */
      knob: 8,
    },
    type: {
      kind: 'u16',
      wire: 'u16',
      amount: 'f32',
      knob: 'u32',
    },
    count: {
      kind: 1,
      wire: 1,
      amount: 1,
      knob: 1,
    },
  },
  /** A modulation amount that can be turned. */
  planAmount: {
    bytes: 8,
    offset: {
      /** At source value 1. */
      value: 0,
      /** Highest magnitude. */
      limit: 4,
    },
    type: {
      value: 'f32',
      limit: 'f32',
    },
    count: {
      value: 1,
      limit: 1,
    },
  },
  /** One baked waveform. */
  planTable: {
    bytes: 8,
    offset: {
      /** Index into harmonics. */
      firstHarmonic: 0,
      /** Count. */
      harmonics: 4,
    },
    type: {
      firstHarmonic: 'u32',
      harmonics: 'u32',
    },
    count: {
      firstHarmonic: 1,
      harmonics: 1,
    },
  },
  /** One pad of a kit. */
  planPad: {
    bytes: 28,
    offset: {
      /** Lowest key. */
      low: 0,
      /** Highest key. */
      high: 2,
      /** Group that stops each other, or 0. */
      choke: 4,
      /** 0 or 1. */
      oneShot: 6,
      /** Note that the plan hears at the lowest key. */
      key: 8,
      /** Decibels. */
      level: 12,
      /** -1..1. */
      pan: 16,
      /** Semitones. */
      tune: 20,
      /** Length of the pad's plan. */
      bytes: 24,
    },
    type: {
      low: 'u16',
      high: 'u16',
      choke: 'u16',
      oneShot: 'u16',
      key: 'f32',
      level: 'f32',
      pan: 'f32',
      tune: 'f32',
      bytes: 'u32',
    },
    count: {
      low: 1,
      high: 1,
      choke: 1,
      oneShot: 1,
      key: 1,
      level: 1,
      pan: 1,
      tune: 1,
      bytes: 1,
    },
  },
  /** One effect of the chain. */
  planEffect: {
    bytes: 12,
    offset: {
      /** Effect index. */
      effect: 0,
      /** 0 or 1. */
      bypass: 2,
      /** RACK_PLACE bits. */
      place: 3,
      /** Index into effect values. */
      firstValue: 4,
      /** Handle of an asset of the effect's kind, or 0. */
      asset: 8,
    },
    type: {
      effect: 'u16',
      bypass: 'u8',
      place: 'u8',
      firstValue: 'u32',
      asset: 'u32',
    },
    count: {
      effect: 1,
      bypass: 1,
      place: 1,
      firstValue: 1,
      asset: 1,
    },
  },
  /** First bytes of an asset. */
  assetHeader: {
    bytes: 32,
    offset: {
      /** assetMagic */
      magic: 0,
      /** Length of everything. */
      bytes: 4,
      /** ASSET_KIND */
      kind: 8,
      /** 1 or 2; an impulse response may have 4. */
      channels: 12,
      /** Of each channel. */
      frames: 16,
      /** Count; a sample has at least one, nothing else has any. */
      zones: 20,
      /** Wavetables: frames of one cycle, 0 unknown. */
      cycle: 24,
      /** Of the data, Hz. */
      sampleRate: 28,
    },
    type: {
      magic: 'u32',
      bytes: 'u32',
      kind: 'u32',
      channels: 'u32',
      frames: 'u32',
      zones: 'u32',
      cycle: 'u32',
      sampleRate: 'f32',
    },
    count: {
      magic: 1,
      bytes: 1,
      kind: 1,
      channels: 1,
      frames: 1,
      zones: 1,
      cycle: 1,
      sampleRate: 1,
    },
  },
  /** One recording of a sample. */
  assetZone: {
    bytes: 44,
    offset: {
      /** MIDI note number. */
      lowKey: 0,
      /** MIDI note number; belongs to the zone. */
      highKey: 4,
      /** 0..1 */
      lowVelocity: 8,
      /** 0..1; belongs to the zone. */
      highVelocity: 12,
      /** MIDI note number at which it plays at its own speed, cents included. */
      rootKey: 16,
      /** Level. */
      gainDb: 20,
      /** In the asset. */
      firstFrame: 24,
      /** Length. */
      frames: 28,
      /** In the zone. */
      loopStart: 32,
      /** In the zone; equal to the start: no loop. */
      loopEnd: 36,
      /** Frames before the loop's end that fade into those before its start. */
      crossfade: 40,
    },
    type: {
      lowKey: 'f32',
      highKey: 'f32',
      lowVelocity: 'f32',
      highVelocity: 'f32',
      rootKey: 'f32',
      gainDb: 'f32',
      firstFrame: 'u32',
      frames: 'u32',
      loopStart: 'u32',
      loopEnd: 'u32',
      crossfade: 'u32',
    },
    count: {
      lowKey: 1,
      highKey: 1,
      lowVelocity: 1,
      highVelocity: 1,
      rootKey: 1,
      gainDb: 1,
      firstFrame: 1,
      frames: 1,
      loopStart: 1,
      loopEnd: 1,
      crossfade: 1,
    },
  },
  /** First bytes of any song table. */
  songTable: {
    bytes: 24,
    offset: {
      /** songMagic */
      magic: 0,
      /** Length of the whole table. */
      bytes: 4,
      /** SONG_TABLE_KIND */
      kind: 8,
      /** Records of the first section. */
      first: 12,
      /** Records of the second section. */
      second: 16,
      /** routing: of the whole mix before the master. */
      latencyFrames: 20,
    },
    type: {
      magic: 'u32',
      bytes: 'u32',
      kind: 'u32',
      first: 'u32',
      second: 'u32',
      latencyFrames: 'u32',
    },
    count: {
      magic: 1,
      bytes: 1,
      kind: 1,
      first: 1,
      second: 1,
      latencyFrames: 1,
    },
  },
  /** One segment of the tempo map. */
  tempoPoint: {
    bytes: 24,
    offset: {
      /** From 0. */
      tick: 0,
      /** 20..300 */
      bpm: 8,
      /** 1: linear in beats to the next point; 0: constant. */
      ramp: 16,
    },
    type: {
      tick: 'i64',
      bpm: 'f64',
      ramp: 'u32',
    },
    count: {
      tick: 1,
      bpm: 1,
      ramp: 1,
    },
  },
  /** One time signature. */
  signaturePoint: {
    bytes: 16,
    offset: {
      /** At a bar line. */
      tick: 0,
      /** 1..32 */
      numerator: 8,
      /** 1, 2, 4, 8, 16 or 32 */
      denominator: 12,
    },
    type: {
      tick: 'i64',
      numerator: 'u32',
      denominator: 'u32',
    },
    count: {
      tick: 1,
      numerator: 1,
      denominator: 1,
    },
  },
  /** One note or controller value of a track. */
  songEvent: {
    bytes: 32,
    offset: {
      /** From 0. */
      tick: 0,
      /** Notes: ticks. */
      length: 8,
      /** SONG_EVENT_KIND */
      kind: 16,
      /** Note number, or controller value. */
      value: 20,
      /** Notes: 0..1. */
      velocity: 24,
      /** bend: range in semitones. */
      extra: 28,
      /** Notes: count of their expressions. */
      points: 18,
      /** Notes: index of the first expression. */
      firstPoint: 28,
    },
    type: {
      tick: 'i64',
      length: 'i64',
      kind: 'u16',
      value: 'f32',
      velocity: 'f32',
      extra: 'f32',
      points: 'u16',
      firstPoint: 'u32',
    },
    count: {
      tick: 1,
      length: 1,
      kind: 1,
      value: 1,
      velocity: 1,
      extra: 1,
      points: 1,
      firstPoint: 1,
    },
  },
  /** One expression of a note. */
  notePoint: {
    bytes: 16,
    offset: {
      /** Of the song, within the note. */
      tick: 0,
      /** EXPRESSION */
      kind: 8,
      /** In the unit of its kind. */
      value: 12,
    },
    type: {
      tick: 'i64',
      kind: 'u32',
      value: 'f32',
    },
    count: {
      tick: 1,
      kind: 1,
      value: 1,
    },
  },
  /** One automated parameter. */
  automationLane: {
    bytes: 24,
    offset: {
      /** LANE_TARGET */
      target: 0,
      /** Return, or effect from 1. */
      index: 4,
      /** As in setParam. */
      device: 8,
      /** As in setParam. */
      param: 10,
      /** Index of its first point. */
      firstPoint: 12,
      /** 1 or more. */
      points: 16,
    },
    type: {
      target: 'u32',
      index: 'u32',
      device: 'u16',
      param: 'u16',
      firstPoint: 'u32',
      points: 'u32',
    },
    count: {
      target: 1,
      index: 1,
      device: 1,
      param: 1,
      firstPoint: 1,
      points: 1,
    },
  },
  /** One breakpoint. */
  automationPoint: {
    bytes: 24,
    offset: {
      /** From 0. */
      tick: 0,
      /** Plain unit; options by index. */
      value: 8,
      /** -1..1 */
      curve: 12,
      /** 1: stays until the next point. */
      hold: 16,
    },
    type: {
      tick: 'i64',
      value: 'f32',
      curve: 'f32',
      hold: 'u32',
    },
    count: {
      tick: 1,
      value: 1,
      curve: 1,
      hold: 1,
    },
  },
  /** One strip of the routing. */
  routeStrip: {
    bytes: 16,
    offset: {
      /** Each once, in running order. */
      strip: 0,
      /** A later strip, or strips: the master. */
      output: 4,
      /** 1: hears what others send to it. */
      input: 8,
      /** Bit i: send i is one block late. */
      feedback: 12,
    },
    type: {
      strip: 'u32',
      output: 'u32',
      input: 'u32',
      feedback: 'u32',
    },
    count: {
      strip: 1,
      output: 1,
      input: 1,
      feedback: 1,
    },
  },
  /** One control bus. */
  controlBus: {
    bytes: 48,
    offset: {
      /** The same from table to table. */
      id: 0,
      /** CONTROL_KIND */
      kind: 4,
      /** CONTROL_SHAPE of an lfo. */
      shape: 8,
      /** Strip of a follower. */
      strip: 12,
      /** Of a free lfo, 0.01..50. */
      rateHz: 16,
      /** Quarter notes of a cycle, 0: free. */
      beats: 20,
      /** 0..1 */
      phase: 24,
      /** 0.001..10 */
      attackSeconds: 28,
      /** 0.001..10 */
      releaseSeconds: 32,
      /** Of a follower, linear, 0..100. */
      gain: 36,
      /** Of a macro, 0..1. */
      value: 40,
    },
    type: {
      id: 'u32',
      kind: 'u32',
      shape: 'u32',
      strip: 'u32',
      rateHz: 'f32',
      beats: 'f32',
      phase: 'f32',
      attackSeconds: 'f32',
      releaseSeconds: 'f32',
      gain: 'f32',
      value: 'f32',
    },
    count: {
      id: 1,
      kind: 1,
      shape: 1,
      strip: 1,
      rateHz: 1,
      beats: 1,
      phase: 1,
      attackSeconds: 1,
      releaseSeconds: 1,
      gain: 1,
      value: 1,
    },
  },
  /** One parameter that follows a control bus. */
  controlRoute: {
    bytes: 16,
    offset: {
      /** Index of a bus. */
      bus: 0,
      /** Of the device. */
      strip: 4,
      /** As in setParam. */
      device: 8,
      /** As in setParam. */
      param: 10,
      /** -1..1 of the whole range. */
      amount: 12,
    },
    type: {
      bus: 'u32',
      strip: 'u32',
      device: 'u16',
      param: 'u16',
      amount: 'f32',
    },
    count: {
      bus: 1,
      strip: 1,
      device: 1,
      param: 1,
      amount: 1,
    },
  },
  /** One delayed path of the routing. */
  routePath: {
    bytes: 24,
    offset: {
      /** PATH_KIND */
      kind: 0,
      /** Where it begins. */
      strip: 4,
      /** Return of a send; listening strip of a side. */
      target: 8,
      /** side: effect from 1. */
      device: 12,
      /** side: 1 before the fader. */
      pre: 14,
      /** Delay of the path. */
      delayFrames: 16,
      /** Longest delay that it can go to without a click. */
      roomFrames: 20,
    },
    type: {
      kind: 'u32',
      strip: 'u32',
      target: 'u32',
      device: 'u16',
      pre: 'u16',
      delayFrames: 'u32',
      roomFrames: 'u32',
    },
    count: {
      kind: 1,
      strip: 1,
      target: 1,
      device: 1,
      pre: 1,
      delayFrames: 1,
      roomFrames: 1,
    },
  },
} as const

export const enums = {
  /** Command types. */
  event: {
    /** Starts a voice on the program `handle` (0: the strip's own). */
    noteOn: 1,
    /** Releases the voice `noteId`, or with flag byNote every held voice of `note`. */
    noteOff: 2,
    /** Pitch bend: value -1..1 times range in semitones. */
    bend: 3,
    /** Modulation wheel, 0..1. */
    wheel: 4,
    /** Channel pressure, 0..1. */
    pressure: 5,
    /** Sustain pedal: value >= 0.5 is down. */
    sustain: 6,
    /** Plain value of one parameter: device 0 is the instrument, 1.. the effects. */
    setParam: 7,
    /** Bypass of effect `index` (1..) on or off, crossfaded. */
    setBypass: 8,
    /** Gain of the strip in dB. */
    stripGain: 9,
    /** Gives the strip a program, on a micro-block boundary. */
    installProgram: 10,
    /** Fades the strip's program out and returns it. */
    clearStrip: 11,
    /** Master volume in dB. */
    masterGain: 12,
    /** Master mute: value >= 0.5 is muted. */
    masterMute: 13,
    /** Parameter of a master device: device 0 is the first. */
    masterParam: 14,
    /** Bypass of master device `index` (0..). */
    masterBypass: 15,
    /** Fades every voice out in 4 ms and empties every effect. */
    panic: 16,
    /** Clears all state and starts a new replay log; `index` is the seed. */
    reset: 17,
    /** Starts (from its first frame on) or ends tap `index`. */
    tap: 18,
    /** Answered by a reply `pong` with the same `index`. */
    ping: 19,
    /** Balance of a track or return: value -1 left .. 1 right. */
    stripPan: 20,
    /** Mute of a track or return: value >= 0.5 is muted, ramped 10 ms. */
    stripMute: 21,
    /** Solo of a track: while any is on, tracks without it are silent (returns stay). */
    stripSolo: 22,
    /** Send of a track or return to return `index`; at -120 dB or less it is off. Solo silences it. */
    stripSend: 23,
    /** Takes a tempo and signature table; the song keeps its beat. */
    installTimeline: 24,
    /** Takes a track's table of notes and controllers; handle 0: none. */
    installClips: 25,
    /** Takes a track's automation table; handle 0: none. */
    installAutomation: 26,
    /** Plays from where the song stands, after `index` bars of count-in. */
    transportPlay: 27,
    /** Stops and stays where it is. */
    transportPause: 28,
    /** Stops and goes back to where playing began; twice: to the start. */
    transportStop: 29,
    /** Goes to a song position. */
    transportSeek: 30,
    /** Loop range in ticks; flag on: it loops. */
    transportLoop: 31,
    /** Click on (value >= 0.5) or off; `range` is its gain in dB. Never captured. */
    metronome: 32,
    /** Points analysis tap `index` at strip `target` (strips: the master) and turns it on or off. */
    analysisTap: 33,
    /** Takes a routing table; handle 0: every strip goes to the master, no delays. */
    installRouting: 34,
    /** Timbre of all notes (brightness, CC 74), 0..1. */
    timbre: 35,
    /** Expression of the voice `noteId`, with flag byNote of every held voice of `note`, with id 0 of every held voice. At the frame of its note-on it comes after it, and the voice begins with it. */
    express: 36,
    /** Takes the table of control buses; handle 0: none. */
    installControls: 37,
    /** Goes to level `index` of the governor, from the micro-block on that the frame lies in. */
    governor: 38,
  },
  /** Low byte of a command's flags. */
  commandFlag: {
    /** noteOff and express address a note number. */
    byNote: 1,
    /** Keep the order of arrival among records of one frame. */
    inOrder: 2,
    /** transportLoop: the loop is on. */
    on: 4,
  },
  /** What a note can be told while it sounds. */
  expression: {
    /** Semitones. */
    tuning: 0,
    /** 0..1 */
    pressure: 1,
    /** Brightness, 0..1. */
    timbre: 2,
    /** dB; offVolumeDb is silent. */
    volume: 3,
    /** Balance, -1 left .. 1 right. */
    pan: 4,
  },
  /** How a strip takes a program. */
  installMode: {
    /** Another sound: the old one fades out in 20 ms. */
    switch: 0,
    /** An edited sound: held notes finish on the old plan. */
    swap: 1,
  },
  /** Reply types. */
  replyType: {
    /** Voice `id` is over. */
    noteEnd: 1,
    /** A command of type `event` was not applied; `id` is its note id or handle. */
    refused: 2,
    /** Program `id` plays on the strip from `frame` on. */
    installed: 3,
    /** The audio thread is done with program `id`; free it. */
    returned: 4,
    /** Something was contained: `id` is the effect (1..) or 0 for a voice. */
    fault: 5,
    /** Answer to ping `id`: all records before it were drained. */
    pong: 6,
    /** The reset took effect at `frame`; `id` is the seed. */
    resetDone: 7,
    /** The audio thread is done with song table `id`; free it. */
    tableReturned: 8,
    /** Level `id` of the governor holds from `frame` on. */
    governed: 9,
  },
  /** Why. */
  reason: {
    /** Its envelopes are over or it fell silent. */
    ended: 0,
    /** A newer note took its place. */
    stolen: 1,
    /** Panic, reset or the program was taken away. */
    panic: 2,
    /** The voice or effect made a value that is not finite. */
    badNumber: 3,
    /** The handle names no program or table that is ready. */
    unknownProgram: 4,
    /** The strip has no program. */
    noProgram: 5,
    /** No such strip, device, parameter or tap. */
    badTarget: 6,
    /** The record was meant for an earlier engine. */
    staleGeneration: 7,
    /** A field is out of range or not finite. */
    malformed: 8,
    /** The effect was emptied and fades back in. */
    effectReset: 9,
    /** Third time in ten seconds: the effect is bypassed. */
    effectBypassed: 10,
    /** Another pad of its choke group was struck. */
    choked: 11,
    /** The kit has no pad on this key. */
    noPad: 12,
  },
  /** Command rings. */
  producer: {
    /** The control worker. */
    control: 0,
    /** The main thread. */
    main: 1,
    /** Any one other thread. */
    agent: 2,
  },
  /** Seqlock slots. */
  slotId: {
    /** Engine frame, voices and counters: always written. */
    status: 0,
    /** Levels after the master chain. */
    master: 1,
    /** Where the song stands: always written. */
    transport: 2,
    /** What the last call of the host is estimated to cost: only while somebody listens. */
    load: 3,
    /** Levels of strip 0 (audition); the others follow. */
    strips: 4,
    /** Gain reductions of strip 0; the others follow, then the master. */
    reductions: 77,
  },
  /** Tap rings. */
  tapId: {
    /** After the master chain. */
    master: 0,
    /** The audition strip, before the master. */
    audition: 1,
    /** The first of analysisTaps taps that the analyzer points where it listens. */
    analysis: 2,
  },
  /** Payload words of a level slot. */
  levelWord: {
    /** Highest absolute sample of the last levelWindowFrames frames, linear (f32). */
    peakLeft: 0,
    /** (f32) */
    peakRight: 1,
    /** Highest RMS over levelStepFrames in the same frames, linear (f32). */
    rmsLeft: 2,
    /** (f32) */
    rmsRight: 3,
  },
  /** Payload words of the load slot. */
  loadWord: {
    /** Engine frame after the call, low word. */
    frameLow: 0,
    /** High word. */
    frameHigh: 1,
    /** Estimated nanoseconds of everything in the dearest micro-block of the call (f32). */
    totalNs: 2,
    /** Strip of the most expensive device in it; strips: the master chain. */
    strip: 3,
    /** 0 the instrument, 1.. the effects. */
    device: 4,
    /** Estimated nanoseconds of that device in that micro-block (f32); 0: nothing ran. */
    deviceNs: 5,
  },
  /** Payload words of the status slot. */
  statusWord: {
    /** Engine frame, low word. */
    frameLow: 0,
    /** Engine frame, high word. */
    frameHigh: 1,
    /** Sounding voices. */
    voices: 2,
    /** Groups of four voices that are computed. */
    groups: 3,
    /** Polyphony of the audition strip's program. */
    maxVoices: 4,
    /** Commands that arrived after their frame. */
    late: 5,
    /** Records of an earlier generation, dropped. */
    stale: 6,
    /** Voices ended because they were not finite. */
    badVoices: 7,
    /** Effects emptied because they were not finite. */
    badEffects: 8,
    /** Commands refused. */
    refused: 9,
    /** Commands that wait for their frame. */
    queued: 10,
    /** Replies that found a full ring. */
    lostReplies: 11,
    /** Handle of the audition strip's program, 0: none. */
    program: 12,
    /** Latency of the mix: the delays that align the strips and the master chain. */
    latencyFrames: 13,
    /** Voices that ended early to make room for a newer note, or for the governor. */
    stolen: 14,
    /** Level of the governor. */
    governor: 15,
  },
  /** Kinds of operations. */
  opKind: {
    /** A unit generator. */
    unit: 0,
    /** Adds its inputs. */
    sum: 1,
    /** Adds modulation to the voice's pitch. */
    pitch: 2,
  },
  /** Where an effect stands in a rack. */
  rackPlace: {
    /** The first of a rack. */
    opens: 1,
    /** A `branch`: the last of a branch. */
    endsBranch: 2,
    /** A `rack`: the last of a rack. */
    closes: 4,
  },
  /** How notes take voices. */
  voiceMode: {
    /** A voice per note. */
    poly: 0,
    /** One voice, struck anew by each note. */
    mono: 1,
    /** One voice that glides while notes overlap. */
    legato: 2,
  },
  /** Kinds of modulation sources. */
  sourceKind: {
    /** A unit's output. */
    wire: 0,
    /** 0..1 */
    velocity: 1,
    /** Octaves from C4 (note 60). */
    key: 2,
    /** -1..1, drawn per note. */
    random: 3,
    /** 0..1 */
    wheel: 4,
    /** Of the note or of all notes, whichever is more, 0..1. */
    pressure: 5,
    /** -1..1 */
    bend: 6,
    /** Of the note or of all notes, whichever is more, 0..1. */
    timbre: 7,
    /** Velocity of the release, 0..1; 0 while the key is down. */
    lift: 8,
  },
  /** Why a plan or song table was refused. */
  planError: {
    /** Accepted. */
    none: 0,
    /** The length does not match the sections. */
    size: 1,
    /** Not a plan of this build. */
    magic: 2,
    /** A count is over its limit. */
    limit: 3,
    /** A range leaves its section. */
    section: 4,
    /** An index names nothing. */
    index: 5,
    /** A number is not finite or out of range. */
    number: 6,
    /** An unknown kind or a count that the kind does not allow. */
    kind: 7,
    /** The engine's memory is full. */
    memory: 8,
    /** Too many programs, song tables or assets are held. */
    slots: 9,
    /** Records of a song table are not in order. */
    order: 10,
  },
  /** Kinds of assets. */
  assetKind: {
    /** An impulse response. */
    impulse: 1,
    /** Recordings that keys play. */
    sample: 2,
    /** Cycles of a wave. */
    wavetable: 3,
    /** A drawn curve. */
    curve: 4,
    /** Sound that plays along with the song. */
    recording: 5,
  },
  /** Sources that the engine makes itself. */
  builtinAsset: {
    /** Sung vowels that never repeat a breath: 2.7 s, loops. */
    choir: 0,
    /** Wind in a pipe: 2.7 s, loops. */
    breath: 1,
    /** Rubbed glasses: 2.7 s, loops. */
    glass: 2,
  },
  /** What a seek counts in. */
  seekUnit: {
    /** Song frames. */
    frames: 0,
    /** Ticks of a 15360th of a quarter note. */
    ticks: 1,
  },
  /** What the transport does. */
  transportStatus: {
    /** At rest. */
    stopped: 0,
    /** The song moves. */
    playing: 1,
    /** At rest where it was paused. */
    paused: 2,
    /** The metronome counts before the song moves. */
    countingIn: 3,
  },
  /** Bits of the transport's flags. */
  transportFlag: {
    /** The loop is on. */
    loop: 1,
    /** The metronome is on. */
    metronome: 2,
  },
  /** Payload words of the transport slot. */
  transportWord: {
    /** TRANSPORT_STATUS */
    status: 0,
    /** TRANSPORT_FLAG */
    flags: 1,
    /** Engine frame at which all of this holds, low word. */
    engineLow: 2,
    /** High word. */
    engineHigh: 3,
    /** Song frame, low word. */
    positionLow: 4,
    /** High word. */
    positionHigh: 5,
    /** Song position in whole ticks (floor), low word. */
    tickLow: 6,
    /** High word. */
    tickHigh: 7,
    /** 0..1 (f32) */
    tickFraction: 8,
    /** Quarter notes per minute here (f32). */
    bpm: 9,
    /** Signature here. */
    numerator: 10,
    /** Signature here. */
    denominator: 11,
    /** From 0. */
    bar: 12,
    /** In the bar, from 0, in units of the denominator. */
    beat: 13,
    /** Ticks since that beat. */
    tickOfBeat: 14,
    /** Loop start in ticks, low word. */
    loopStartLow: 15,
    /** High word. */
    loopStartHigh: 16,
    /** Loop end in ticks, low word. */
    loopEndLow: 17,
    /** High word. */
    loopEndHigh: 18,
    /** Beats of count-in still to come. */
    countInLeft: 19,
    /** Song events that found no room: a fault, counted since the reset. */
    dropped: 20,
    /** Song events played after their frame: a fault, counted since the reset. */
    late: 21,
    /** Handle of the tempo table, 0: the built-in 120 bpm. */
    timeline: 22,
  },
  /** Kinds of song tables. */
  songTableKind: {
    /** Tempo and signatures. */
    timeline: 0,
    /** Notes and controllers of a track. */
    clips: 1,
    /** Automation of a track. */
    automation: 2,
    /** Order, outputs and delays of all strips. */
    routing: 3,
    /** Control buses and the parameters that follow them. */
    controls: 4,
  },
  /** Kinds of control buses. */
  controlKind: {
    /** Moves by itself, -1..1. */
    lfo: 0,
    /** How loud a strip is, 0..1. */
    follower: 1,
    /** A value that is set, 0..1. */
    macro: 2,
  },
  /** Shapes of a control bus that moves by itself. */
  controlShape: {
    /** From 0 up. */
    sine: 0,
    /** From 0 up. */
    triangle: 1,
    /** From 1 down to -1. */
    saw: 2,
    /** From -1 up to 1. */
    ramp: 3,
    /** 1, then -1. */
    square: 4,
    /** Another value with each cycle. */
    random: 5,
  },
  /** Kinds of paths between strips. */
  pathKind: {
    /** From a strip's fader to its output. */
    output: 0,
    /** From a strip to return `target`. */
    send: 1,
    /** From a strip to the side input of an effect of strip `target`. */
    side: 2,
    /** From a strip's voices to its effects. */
    voices: 3,
  },
  /** Kinds of song events. */
  songEventKind: {
    /** A note with its length. */
    note: 0,
    /** -1..1 */
    bend: 1,
    /** 0..1 */
    wheel: 2,
    /** 0..1 */
    pressure: 3,
    /** 0 or 1 */
    sustain: 4,
    /** 0..1 */
    timbre: 5,
  },
  /** What an automation lane moves. */
  laneTarget: {
    /** Gain of the strip in dB. */
    gain: 0,
    /** -1..1 */
    pan: 1,
    /** 0 or 1 */
    mute: 2,
    /** Gain of send `index` in dB. */
    send: 3,
    /** Parameter of a device. */
    param: 4,
    /** Bypass of effect `index`. */
    bypass: 5,
  },
} as const

export const constants = {
  /** First word of the wire header. */
  wireMagic: 1296847665,
  /** Frames in a micro-block. */
  microBlock: 32,
  /** Mixer strips; 0 is the audition strip. */
  strips: 73,
  /** Strips of tracks. */
  tracks: 64,
  /** First strip that is a track. */
  firstTrack: 1,
  /** Strips of returns. */
  returns: 8,
  /** First strip that is a return. */
  firstReturn: 65,
  /** Song tables held at once. */
  maxTables: 512,
  /** Taps for analysis. */
  analysisTaps: 4,
  /** Most frames in one engine_render. */
  maxRenderFrames: 4096,
  /** Bytes of a command or reply. */
  recordBytes: 32,
  /** Records in a command ring. */
  commandCapacity: 4096,
  /** Records in the replay log. */
  logCapacity: 131072,
  /** Programs held at once. */
  maxPrograms: 512,
  /** Units in a patch. */
  maxUnits: 256,
  /** Polyphony of a patch. */
  maxVoices: 256,
  /** Effects in a chain. */
  maxEffects: 16,
  /** Effects with those in racks, and the ends of racks and branches. */
  maxChain: 64,
  /** Branches of a rack. */
  maxBranches: 8,
  /** Bytes of a plan. */
  maxPlanBytes: 1048576,
  /** Harmonics of a baked waveform. */
  maxHarmonics: 1024,
  /** Inputs or outputs of one operation. */
  maxInputs: 16,
  /** Frames a level slot looks back. */
  levelWindowFrames: 1600,
  /** Frames of one RMS reading. */
  levelStepFrames: 160,
  /** Highest level of the governor. */
  topLevel: 5,
  /** Steps of a decibel in the low half of a word of gain reduction; the high half is the effect, from 1. */
  reductionSteps: 100,
  /** Payload words of a slot. */
  slotWords: 24,
  /** First word of a plan. */
  planMagic: 1347179313,
  /** A modulation whose amount is fixed. */
  noKnob: 4294967295,
  /** An input that nothing is patched to. */
  noWire: 65535,
  /** Operations in a plan. */
  maxOps: 1024,
  /** Wires of a plan. */
  maxWires: 256,
  /** Pads of a kit. */
  maxPads: 128,
  /** Voices of one pad. */
  maxPadVoices: 16,
  /** Choke groups of a kit. */
  maxChoke: 31,
  /** First word of a song table. */
  songMagic: 1414745137,
  /** Ticks of a quarter note. */
  ticksPerBeat: 15360,
  /** Slowest tempo. */
  minBpm: 20,
  /** Fastest tempo. */
  maxBpm: 300,
  /** Last tick of a song. */
  maxTick: 6635520000,
  /** Tempo points of a song. */
  maxTempoPoints: 4096,
  /** Time signatures of a song. */
  maxSignatures: 4096,
  /** Events of a track. */
  maxSongEvents: 1048576,
  /** Expression points of a note. */
  maxNotePoints: 4096,
  /** Expression points of a track. */
  maxExpressionPoints: 262144,
  /** Automation lanes of a track. */
  maxLanes: 256,
  /** Automation points of a track. */
  maxAutomationPoints: 262144,
  /** Delayed paths of a routing table. */
  maxRoutePaths: 2048,
  /** Longest delay of a path. */
  maxPathFrames: 131072,
  /** Control buses of a song. */
  maxControlBuses: 16,
  /** Parameters of one strip that follow control buses. */
  maxStripShifts: 16,
  /** Parameters that follow control buses. */
  maxControlRoutes: 64,
  /** First word of an asset. */
  assetMagic: 1095521073,
  /** Assets held at once. */
  maxAssets: 256,
  /** Bytes of an asset. */
  maxAssetBytes: 67108864,
  /** Zones of a sample. */
  maxAssetZones: 512,
  /** Song frames in a unit of the effect playback's lead. */
  leadFrames: 4096,
  /** Furthest tuning of a note, semitones to either side. */
  maxTuning: 96,
  /** Lowest volume of a note: silent. */
  offVolumeDb: -120,
  /** Highest volume of a note. */
  maxVolumeDb: 12,
} as const
