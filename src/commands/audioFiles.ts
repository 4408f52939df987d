// Audio among what is dropped or chosen: read, kept as an asset, and made a sound where nothing else is asked (main thread).
import { SoundloomError } from '../params/error.ts'
import { assetFromAudio, AUDIO_LIMITS, samplerPreset, type MadeAsset } from '../presets/assets/fromAudio.ts'
import type { AssetKind } from '../presets/assets/record.ts'
import { fileRate, readWav, type Recording } from '../presets/assets/wav.ts'
import { fileKind } from '../presets/kinds.ts'
import type { ImportReport } from '../presets/report.ts'
import type { AssetEntry } from '../project/assets.ts'
import type { CommandContext } from './context.ts'
import { refusedFile } from './projectFiles.ts'

const HEAD_BYTES = 64
const USUAL_RATE = 48_000
const MEGABYTE = 2 ** 20

const isAudio = async (file: File): Promise<boolean> => {
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0))
  return fileKind(file.name, new Uint8Array(head)) === 'audio'
}

export async function splitAudio(files: readonly File[]): Promise<{ audio: File[]; others: File[] }> {
  const known = await Promise.all(files.map(isAudio))
  return { audio: files.filter((_, index) => known[index]), others: files.filter((_, index) => !known[index]) }
}

export const plainName = (file: File): string => file.name.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, 100) || 'Recording'

async function readRecording({ decodeAudio }: CommandContext, file: File): Promise<Recording> {
  if (file.size > AUDIO_LIMITS.fileBytes) {
    throw new SoundloomError('limit-exceeded', `${file.name} has ${Math.round(file.size / MEGABYTE)} MB`, {
      hint: `An audio file has at most ${AUDIO_LIMITS.fileBytes / MEGABYTE} MB.`,
    })
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  try {
    return readWav(bytes) ?? (await decodeAudio(bytes, fileRate(bytes) ?? USUAL_RATE))
  } catch (error) {
    if (error instanceof SoundloomError) throw error
    throw new SoundloomError('unsupported-format', `${file.name} is audio that this browser cannot read`, {
      hint: 'WAV, AIFF, FLAC, MP3 and Ogg files are read where the browser knows them.',
    })
  }
}

export interface KeptAudio extends MadeAsset {
  readonly entry: AssetEntry
  readonly loops: boolean
}

/** Throws `limit-exceeded`, `parse-failed` or `unsupported-format`, each with what to do. */
export async function keepAudio(context: CommandContext, file: File, kind: AssetKind): Promise<KeptAudio> {
  const recording = await readRecording(context, file)
  const made = assetFromAudio(kind, recording)
  const entry = await context.assets.keep(plainName(file), made.bytes)
  return { ...made, entry, loops: recording.loop !== undefined }
}

export interface AudioSounds {
  /** A preset file with the sound of each recording. */
  readonly files: readonly File[]
  /** Of what could not be read; said in notices too. */
  readonly refused: readonly ImportReport[]
}

export async function soundsOfAudio(context: CommandContext, files: readonly File[]): Promise<AudioSounds> {
  const made: File[] = []
  const refused: ImportReport[] = []
  const { exportPresets } = await import('../presets/own.ts')
  for (const file of files) {
    const startMs = performance.now()
    try {
      const kept = await keepAudio(context, file, 'sample')
      const preset = samplerPreset(plainName(file), kept.entry.id, kept, kept.loops)
      made.push(new File([exportPresets([preset])], file.name, { type: 'application/json' }))
    } catch (error) {
      refused.push(refusedFile(context, file, startMs, error))
    }
  }
  return { files: made, refused }
}
