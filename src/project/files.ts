// Files that leave the page, and how full the browser's storage is (main thread).

/** Offers a text as a file to save. */
export function download(name: string, text: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  // The browser reads the blob after this task.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

export interface StorageFigures {
  readonly usedBytes: number
  readonly quotaBytes: number
}

/** Null where the browser does not tell. */
export async function readStorageFigures(): Promise<StorageFigures | null> {
  try {
    const { usage, quota } = await navigator.storage.estimate()
    return usage === undefined || quota === undefined ? null : { usedBytes: usage, quotaBytes: quota }
  } catch {
    return null
  }
}
