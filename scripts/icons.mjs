// Draws the app's icons (public/icons) from public/icon.svg in Chromium; run by hand when the mark changes.
import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { obtainBrowser } from './browser.mjs'

const svg = readFileSync('public/icon.svg', 'utf8')
/** Of a maskable icon only the inner 80 % is sure to be seen. */
const PAGES = [
  { file: '192', size: 192, inset: 0 },
  { file: '512', size: 512, inset: 0 },
  { file: 'maskable', size: 512, inset: 0.1 },
]
const browser = await chromium.launch({ executablePath: await obtainBrowser(), args: ['--no-sandbox'] })
for (const { file, size, inset } of PAGES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const style = `margin:0;background:${inset ? '#0d1014' : 'transparent'}`
  const inner = `position:absolute;inset:${inset * 100}%`
  await page.setContent(`<body style="${style}"><div style="${inner}">${svg}</div></body>`)
  await page.screenshot({ path: `public/icons/${file}.png`, omitBackground: true })
}
await browser.close()
