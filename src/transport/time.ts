// Song time as text (any thread).

const two = (count: number): string => String(count).padStart(2, '0')

/** MM:SS.mmm, cut to whole milliseconds; minutes go on past 59. Below zero is zero. */
export function formatTime(seconds: number): string {
  // The millionth keeps times that are whole milliseconds, but not in binary, from losing one.
  const milliseconds = Math.max(0, Math.floor(seconds * 1000 + 1e-6))
  const whole = Math.floor(milliseconds / 1000)
  return `${two(Math.floor(whole / 60))}:${two(whole % 60)}.${String(milliseconds % 1000).padStart(3, '0')}`
}
