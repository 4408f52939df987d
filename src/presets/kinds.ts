// What a dropped file is, from its first bytes and its name (any thread).

export type FileKind = 'text' | 'midi' | 'audio' | 'image' | 'binary'

const SIGNATURES: readonly (readonly [kind: FileKind, offset: number, bytes: string])[] = [
  ['midi', 0, 'MThd'],
  ['midi', 8, 'RMID'],
  ['audio', 8, 'WAVE'],
  ['audio', 8, 'AIFF'],
  ['audio', 8, 'AIFC'],
  ['audio', 0, 'fLaC'],
  ['audio', 0, 'OggS'],
  ['audio', 0, 'ID3'],
  ['audio', 4, 'ftypM4A'],
  ['audio', 0, '\xff\xfb'],
  ['audio', 0, '\xff\xf3'],
  ['audio', 0, '\xff\xf1'],
  ['image', 0, '\x89PNG'],
  ['image', 0, '\xff\xd8\xff'],
  ['image', 0, 'GIF8'],
  ['image', 8, 'WEBP'],
  ['binary', 0, 'PK\x03\x04'],
  ['binary', 0, '%PDF'],
  ['binary', 0, '\x1f\x8b'],
  ['binary', 0, '\x7fELF'],
]

const EXTENSIONS: Readonly<Record<string, FileKind>> = {
  mid: 'midi',
  midi: 'midi',
  kar: 'midi',
  rmi: 'midi',
  wav: 'audio',
  wave: 'audio',
  aif: 'audio',
  aiff: 'audio',
  flac: 'audio',
  mp3: 'audio',
  ogg: 'audio',
  opus: 'audio',
  m4a: 'audio',
  aac: 'audio',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  gif: 'image',
  webp: 'image',
}

/** Content beats the name: an image called `.json` is an image. `head` is the first 16 bytes or more. */
export function fileKind(name: string, head: Uint8Array): FileKind {
  for (const [kind, offset, bytes] of SIGNATURES) {
    if ([...bytes].every((character, index) => head[offset + index] === character.charCodeAt(0))) return kind
  }
  // Text that starts like JSON is read, whatever it is called.
  const first = head.find((byte) => byte > 32)
  if (first === 0x7b || first === 0x5b) return 'text'
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(EXTENSIONS, extension) ? (EXTENSIONS[extension] ?? 'text') : 'text'
}
