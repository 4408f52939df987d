// What the user interface needs from the rest of the app (main thread): commands to run, stores to watch, live readings to draw.
import type { StoreApi } from 'zustand/vanilla'
import type { Snap } from '../project/arrangement.ts'
import type { DemoView } from '../project/demoFile.ts'
import type { Project, SampleRate } from '../project/document.ts'
import type { ProjectsView } from '../project/projects.ts'
import type { SCALES } from '../project/key.ts'
import type { BottomTab, Session } from '../project/session.ts'
import type { TabsView } from '../project/tabs.ts'
import type { LiveStreams } from '../engine/live/streams.ts'
import type { Patch, PlainValue, Preset } from '../presets/model.ts'
import type { SearchPort, SearchStatistics } from '../presets/library/search.ts'
import type { ImportReport } from '../presets/report.ts'
import type { StatusView } from './status.ts'
import type { TransportMetrics, TransportStore } from '../transport/store.ts'
import type { DeviceCosts } from '../engine/live/deviceCosts.ts'
import type { DiagnosticsPort } from '../engine/live/diagnostics.ts'
import type { RoutingCommands } from './routingCommands.ts'

export type { StatusView }

type Tone = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
type Denominator = 1 | 2 | 4 | 8 | 16 | 32

/** Beat from the start of the clip, MIDI note number, velocity above 0 and at most 1. */
interface NoteArgs {
  beat: number
  lengthBeats: number
  note: number
  velocity: number
}

/** Every command that the interface runs, with its arguments. Value keys are `unit.param`, or `fx1.param` for the first effect. */
export interface UiCommands extends RoutingCommands {
  'history.undo': object
  'history.redo': object
  'history.endGesture': object
  'project.new': { name?: string }
  'project.open': { projectId: string }
  'project.duplicate': { projectId?: string; name?: string }
  /** For a read-only tab: a copy that this tab may edit. */
  'project.openCopy': object
  /** For a read-only tab: the other one saves, this one edits. */
  'project.takeOver': object
  /** The open project when none is named. */
  'project.rename': { name: string; projectId?: string }
  /** To the bin and back. */
  'project.delete': { projectId: string }
  'project.restore': { projectId: string }
  /** For good; ask first. */
  'project.erase': { projectId: string }
  /** Refreshes `projects` of the ports too. */
  'project.list': object
  'project.exportJson': object
  /** The text of a project file; opens as a new project. */
  'project.importJson': { json: string }
  'project.openDemo': object
  'project.setKey': { tonic: number; scale: (typeof SCALES)[number] }
  'project.setSampleRate': { sampleRate: SampleRate }
  'master.setVolume': { gainDb: number }
  'master.setMute': { muted: boolean }
  'master.setLimiter': { on: boolean }
  /** Loads a sound into the audition strip without sounding it. */
  'audition.select': { presetId: string }
  /** Loads a sound and strikes its audition note; it sounds until `audition.release`. */
  'audition.press': { presetId: string; velocity?: number }
  'audition.release': object
  /** Strikes and releases by itself: arrow keys in the tile grid. */
  'audition.once': { presetId: string }
  'audition.setValue': { key: string; value: PlainValue }
  'audition.setBypass': { device: string; bypass: boolean }
  'audition.setLevelMatch': { on: boolean }
  'audition.revert': object
  'audition.save': { name: string }
  'audition.exportJson': object
  /** New random values inside each parameter's useful range; `reset`: the device defaults. Both are one undo step. */
  'audition.dice': object
  'audition.reset': object
  /** Keeps an audio file as what a device reads; resolves with { assetId }. */
  'asset.import': { file: File; kind: 'sample' | 'impulse' | 'wavetable' }
  'device.setAsset': { trackId: string; deviceId: string; unit?: string; asset: string | null }
  /** `device` absent: the instrument. */
  'audition.setAsset': { device?: string; unit?: string; asset: string | null }
  /** Pads of a kit; `trackId` absent: the sound on the strip. `choke` 0: none. */
  'kit.setPad': {
    trackId?: string
    pad: string
    name?: string
    low?: number
    high?: number
    choke?: number
    oneShot?: boolean
    voices?: number
  }
  'kit.removePad': { trackId?: string; pad: string }
  /** A copy of a sound on a pad, without its effects. */
  'kit.setSound': { trackId?: string; pad: string; presetId: string }
  'kit.addPad': { trackId?: string; key: number; presetId: string; name?: string }
  'library.setFavourite': { presetId: string; favourite: boolean }
  'library.undoImport': { reportId: string }
  /** Uses another value for what a detailed line (counted from 0) of a report named. */
  'library.fix': { reportId: string; line: number; value: PlainValue }
  'transport.play': object
  'transport.pause': object
  'transport.toggle': object
  'transport.stop': object
  'transport.toStart': object
  /** Exactly one of the three. */
  'transport.seek': { seconds?: number; beats?: number; frames?: number }
  'transport.setTempo': { bpm: number }
  'transport.addTempo': { beat: number; bpm: number; ramp?: boolean }
  'transport.removeTempo': { beat: number }
  'transport.setTimeSignature': { numerator: number; denominator: Denominator; beat?: number }
  'transport.removeTimeSignature': { beat: number }
  'transport.setLoop': { startBeat?: number; endBeat?: number; enabled?: boolean }
  'transport.toggleLoop': object
  'transport.setMetronome': { enabled: boolean; gainDb?: number }
  'transport.setCountIn': { bars: number }
  /** Resolves with { trackId, name, index }; measures the sound first where nobody has. */
  'track.add': { name?: string; presetId?: string; colour?: Tone; index?: number }
  'track.setSound': { trackId: string; presetId: string }
  'track.remove': { trackId: string }
  /** Renames, gains, pans and mutes take a return's id too. */
  'track.rename': { trackId: string; name: string }
  'track.move': { trackId: string; index: number }
  'track.duplicate': { trackId: string }
  'track.select': { trackId: string | null }
  'track.setColour': { trackId: string; colour: Tone }
  'track.setGain': { trackId: string; gainDb: number }
  'track.setPan': { trackId: string; pan: number }
  'track.setMute': { trackId: string; mute: boolean }
  'track.setSolo': { trackId: string; solo: boolean }
  'clip.add': { trackId: string; startBeat: number; lengthBeats: number; name?: string; notes?: NoteArgs[] }
  'clip.remove': { clipId: string }
  'clip.move': { clipId: string; startBeat: number; trackId?: string }
  'clip.resize': { clipId: string; lengthBeats: number }
  'clip.duplicate': { clipId: string }
  'clip.split': { clipId: string; beat: number }
  'clip.rename': { clipId: string; name: string }
  'clip.setMute': { clipId: string; mute: boolean }
  'clip.select': { clipId: string | null }
  /** Replaces all points of one controller; bend -1..1, wheel, pressure and timbre 0..1, sustain 0 or 1. */
  'clip.setControls': {
    clipId: string
    controller: 'bend' | 'wheel' | 'pressure' | 'sustain' | 'timbre'
    points: { beat: number; value: number }[]
  }
  'note.add': NoteArgs & { clipId: string }
  'note.remove': { clipId: string; noteIds: string[] }
  'note.move': { clipId: string; noteIds: string[]; beats?: number; semitones?: number }
  'note.resize': { clipId: string; noteIds: string[]; beats: number }
  'note.setVelocity': { clipId: string; noteIds: string[]; velocity: number }
  'automation.add': { trackId: string; target: string }
  'automation.remove': { laneId: string }
  'automation.setEnabled': { laneId: string; enabled: boolean }
  'automation.addPoint': { laneId: string; beat: number; value: PlainValue; curve?: number; hold?: boolean }
  'automation.movePoint': {
    laneId: string
    pointId: string
    beat?: number
    value?: PlainValue
    curve?: number
    hold?: boolean
  }
  'automation.removePoint': { laneId: string; pointId: string }
  'automation.clear': { laneId: string }
  /** `trackId` may be a return's id; for values and bypass also `master`. */
  'device.add': { trackId: string; type: string; index?: number; branchId?: string }
  'device.remove': { trackId: string; deviceId: string }
  'device.move': { trackId: string; deviceId: string; index: number }
  'device.setValue': { trackId: string; deviceId: string; key: string; value: PlainValue }
  'device.setBypass': { trackId: string; deviceId: string; bypass: boolean }
  /** JSON text; `trackId` absent: the sound on the strip. Resolves with nothing when it was refused. */
  'patch.load': { trackId?: string; patch: string }
  'patch.export': { trackId?: string }
  /** Rows by id, or by place from 0. */
  'patch.addModulation': { trackId?: string; from: string; to: string; amount?: number }
  'patch.setModulation': { trackId?: string; row: string | number; from?: string; to?: string }
  'patch.setAmount': { trackId?: string; row: string | number; amount: number }
  'patch.removeModulation': { trackId?: string; row: string | number }
  /** Resolves with { unit }: what it is called. */
  'patch.addUnit': { trackId?: string; type: string; name?: string }
  'marker.add': { beat: number; name: string }
  'marker.remove': { markerId: string }
  'marker.rename': { markerId: string; name: string }
  'marker.move': { markerId: string; beat: number }
  'note.on': { note: number; velocity: number; source: string }
  'note.off': { note: number; source: string }
  'note.releaseSource': { source: string }
  'input.setTyping': { on: boolean }
  /** What keys and MIDI play. Selecting a track or pressing a sound chooses by itself. */
  'input.playTo': { target: 'track' | 'sound' }
  'input.setOctave': { octave: number }
  'input.setVelocity': { velocity: number }
  'input.setHold': { on: boolean }
  'input.setShortcuts': { on: boolean }
  'input.setMpe': { device: string; mode: 'auto' | 'on' | 'off' }
  'input.connectMidi': object
  'engine.panic': object
  /** Share 0..1. */
  'engine.setMaxCpu': { maxCpu: number }
  'engine.setMaxLatency': { maxLatencyMs: number }
  'view.setZoom': { pixelsPerBeat: number | null }
  'view.setSnap': { snap: Snap }
  'view.setFollow': { on: boolean }
  /** A track's id, or `tempo`. */
  'view.setLane': { lane: string; open: boolean }
  'view.setFold': { groupId: string; folded: boolean }
  'view.setTheme': { theme: 'dark' | 'light' | 'system' }
  'view.setPanel': { panel: string; open: boolean }
  'view.toggleDiagnostics': object
  'view.setBottomTab': { tab: BottomTab }
}

/** Runs a command; equal gesture tokens merge into one undo step. Rejects with a SoundloomError. */
export type Run = <K extends keyof UiCommands>(
  id: K,
  args: UiCommands[K],
  options?: { gesture?: string },
) => Promise<unknown>

export interface DocumentView {
  readonly name: string
  /** What undo and redo would do, in words; null: nothing to do. */
  readonly undoLabel: string | null
  readonly redoLabel: string | null
  /** 'saved': on this device; 'memory': storage is refused, lost when the page closes. */
  readonly saved: 'saved' | 'saving' | 'memory'
  readonly masterGainDb: number
  readonly masterMuted: boolean
  readonly limiterOn: boolean
  /** Hz */
  readonly sampleRate: SampleRate
}

export interface SoundsView {
  /** False until the stored library has been read once. */
  readonly ready: boolean
  readonly presets: readonly Preset[]
  readonly favourites: ReadonlySet<string>
  readonly kept: 'device' | 'memory'
  /** Imported `sections` files: sound names per section, in file order, with what they resolve to. */
  readonly songs: readonly SongView[]
}

export interface SongView {
  readonly id: string
  /** The file that held it. */
  readonly name: string
  readonly sections: readonly {
    readonly name: string
    readonly sounds: readonly { readonly name: string; readonly presetId: string | null }[]
  }[]
}

export interface AuditionView {
  /** The sound held by the audition strip with all edits; null before the first one. */
  readonly preset: Preset | null
  readonly patch: Patch | null
  /** The same sound as the library holds it. */
  readonly original: Preset | null
  readonly originalPatch: Patch | null
  readonly edited: boolean
  readonly levelMatch: boolean
  /** Gain that brings this sound to -20 LUFS; null while it has not been measured. */
  readonly matchGainDb: number | null
  readonly latencySeconds: number | null
  readonly tailSeconds: number | null
  /** The sound that a tile press or an arrow key is sounding now; `startedMs` is performance.now(). */
  readonly preview: { readonly presetId: string; readonly startedMs: number } | null
}

export interface InputView {
  readonly typing: boolean
  readonly octave: number
  readonly velocity: number
  readonly hold: boolean
  /** Shortcuts of one key without a modifier work. */
  readonly shortcuts: boolean
  /** MIDI note numbers that sound now, from any input. */
  readonly held: ReadonlySet<number>
  /** MIDI note number -> letter on the user's own keyboard layout, for the current octave. */
  readonly letters: ReadonlyMap<number, string>
  readonly midi: {
    readonly state: 'off' | 'asking' | 'on' | 'denied' | 'unsupported'
    readonly devices: readonly string[]
    /** MIDI channels of an input that carry a note each (MPE), in words; by its name, absent where none do. */
    readonly zones: Readonly<Record<string, string>>
  }
  /** Setting of the inputs, by name; auto where it is absent. */
  readonly mpe: Readonly<Record<string, 'auto' | 'on' | 'off'>>
}

export interface Notice {
  readonly id: string
  readonly kind: 'ok' | 'info' | 'warning' | 'error'
  readonly fact: string
  readonly consequence?: string
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[]
}

export interface NoticesView {
  readonly notices: readonly Notice[]
}

export interface BannerView {
  readonly kind: 'audio' | 'reader' | 'update'
  readonly text: string
  readonly detail?: string
  readonly actions: readonly { readonly label: string; readonly run: () => void }[]
}

/** A project of this device, as the list shows it. */
export type ProjectLine = ProjectsView['projects'][number]

export interface ReportsView {
  readonly reports: readonly ImportReport[]
  /** The report on screen; null: none. */
  readonly open: string | null
  readonly importing: { readonly fileName: string; readonly found: number } | null
}

/** One thread per entry: height and brightness 0..1 over the render, from a real render of the sound. */
export interface Thumbnail {
  readonly amplitude: Float32Array
  readonly brightness: Float32Array
  readonly seconds: number
}

/** Linear amplitudes (1 = 0 dBFS), the highest since the last few frames; written into the same object each call. */
export interface LevelReading {
  peakLeft: number
  peakRight: number
  rmsLeft: number
  rmsRight: number
}

export interface UiPorts {
  readonly run: Run
  /** Tells the user that a command was refused; without it, such an error stays in the console. */
  readonly failed?: (error: unknown) => void
  readonly document: StoreApi<DocumentView>
  /** The song itself: tracks, clips, automation, tempo map, markers; positions in ticks. */
  readonly project: StoreApi<Project>
  /** The projects of this device and its bin; refreshed by every project command, and by `project.list`. */
  readonly projects: StoreApi<ProjectsView>
  /** Whether this tab may edit the open project: `reader` shows the banner with Take over and Open a copy. */
  readonly tabs: StoreApi<TabsView>
  /** Selection, metronome, count-in, how the user plays. */
  readonly session: StoreApi<Session>
  /** The user's recordings, by id. */
  readonly assets: {
    readonly store: StoreApi<{
      readonly known: ReadonlyMap<string, { readonly name: string; readonly seconds: number }>
    }>
    /** The bytes, as presets/assets/record.ts describes them; null: it is not on this device. */
    read(id: string): Promise<Uint8Array | null>
  }
  readonly sounds: StoreApi<SoundsView>
  /** Finds sounds by description, in a thread of its own. */
  readonly search: SearchPort
  /** What is typed to find a sound, wherever the field is; `wanted` goes up when the field should take the focus. */
  readonly finder: StoreApi<{ readonly text: string; readonly wanted: number }>
  /** Figures of that thread and of its transport store. */
  readonly searchStatistics: () => Promise<SearchStatistics & { readonly transport: TransportMetrics }>
  readonly audition: StoreApi<AuditionView>
  readonly input: StoreApi<InputView>
  readonly status: StoreApi<StatusView>
  readonly reports: StoreApi<ReportsView>
  readonly notices: StoreApi<NoticesView>
  /** What stands in the way, shown under the top bar; null: nothing does. */
  readonly banner: StoreApi<{ readonly banner: BannerView | null }>
  readonly demo: StoreApi<DemoView>
  /** Tracks that are being frozen: id -> 0..1. */
  readonly freezes: StoreApi<{ readonly running: ReadonlyMap<string, number> }>
  /** Where the song stands: `useStore` for what changes 30 times a second or less, `readPlayhead` for painters. */
  readonly transport: TransportStore
  readonly theme: StoreApi<{ readonly theme: 'dark' | 'light' | 'system' }>
  /** Live analysis: computed only while somebody watches. */
  readonly analysis: Pick<LiveStreams, 'watch'>
  readonly diagnostics: DiagnosticsPort
  /** Reads the master level into `into`; cheap enough for every animation frame. False: nothing runs yet. */
  readonly readLevels: (into: LevelReading) => boolean
  /** The same of a track or a return, after its fader. */
  readonly readTrackLevels: (trackId: string, into: LevelReading) => boolean
  /** What an effect of a track or return (null: of the sound on the audition strip) takes off at most now in dB, 0 or less. */
  readonly readReduction: (stripId: string | null, deviceId: string) => number | null
  /** What devices cost on this computer: estimated, then measured while nothing sounds. */
  readonly costs: DeviceCosts
  /** Asks for a fingerprint; the signal ends the wish when its tile is no longer visible. Null: it could not be rendered. */
  readonly thumbnail: (presetId: string, signal: AbortSignal) => Promise<Thumbnail | null>
  /** What a drop, a paste and the Import button do. */
  readonly importFiles: (files: readonly File[]) => Promise<unknown>
  readonly openReport: (reportId: string | null) => void
  /** The whole report, every line of it, for the clipboard or the download. */
  readonly reportText: (reportId: string, format: 'text' | 'json') => Promise<string | null>
  readonly dismissNotice: (noticeId: string) => void
}
