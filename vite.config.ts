// Vite: dev server, preview and production build, all cross-origin isolated and under one content security policy.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { engine } from './wasm/build/vite.mjs'

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
const policy = (script = '') =>
  [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval'${script}`,
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' blob: data:",
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
  ].join('; ')

/** The built page states its policy itself, for servers that send no headers. */
const policyInPage: Plugin = {
  name: 'policy-in-page',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy() }, injectTo: 'head-prepend' },
  ],
}

/** Workers never show what a parameter is for: the words stay out of their scripts. */
const wordless = (): Plugin => ({
  name: 'wordless',
  enforce: 'pre',
  apply: 'build',
  transform: {
    filter: { id: /src\/generated\/(units|effects|streams)\.ts$/ },
    handler: (code) => ({
      code: code.replace(/^(\s+)doc: '(?:[^'\\]|\\.)*',\n| doc: '(?:[^'\\]|\\.)*',/gm, ''),
      map: null,
    }),
  },
})

/** The schemas are public: schema/patch-1.schema.json and schema/preset-1.schema.json beside the app. */
const publishSchemas: Plugin = {
  name: 'publish-schemas',
  apply: 'build',
  generateBundle() {
    for (const name of ['patch', 'preset']) {
      const source = readFileSync(`src/generated/${name}.schema.json`, 'utf8')
      this.emitFile({ type: 'asset', fileName: `schema/${name}-1.schema.json`, source })
    }
  },
}

const MEGABYTE = 1024 * 1024

/** Installable, and the whole of it offline: src/sw is the one service worker. */
const offline = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/sw',
  filename: 'sw.ts',
  injectRegister: null,
  injectManifest: {
    globPatterns: ['**/*.{js,css,html,wasm,png,svg,json,woff2,webmanifest}'],
    maximumFileSizeToCacheInBytes: 16 * MEGABYTE,
  },
  manifest: {
    id: './',
    start_url: './',
    scope: './',
    name: 'Soundloom',
    short_name: 'Soundloom',
    description: 'A web audio workstation that is only a web page.',
    display: 'standalone',
    background_color: '#0d1014',
    theme_color: '#0d1014',
    categories: ['music', 'multimedia'],
    icons: [
      { src: './icons/192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: './icons/512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: './icons/maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: './icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ],
  },
})

export default defineConfig(({ command, isPreview }) => {
  // Only the dev server injects an inline script (React's refresh preamble); it carries this nonce.
  const nonce = command === 'serve' && !isPreview ? randomBytes(16).toString('base64') : ''
  const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version
  return {
    base: './',
    plugins: [react(), engine(), policyInPage, publishSchemas, offline],
    define: { __VERSION__: JSON.stringify(version) },
    ...(nonce ? { html: { cspNonce: nonce } } : {}),
    server: {
      headers: { ...ISOLATION, 'Content-Security-Policy': policy(` 'nonce-${nonce}'`) },
      watch: { ignored: ['**/wasm/out/**', '**/.cache/**', '**/test-results/**'] },
    },
    preview: { headers: { ...ISOLATION, 'Content-Security-Policy': policy() } },
    worker: { format: 'es', plugins: () => [wordless()] },
    build: { target: 'esnext', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1000 },
    optimizeDeps: {
      include: [
        '@tanstack/react-virtual',
        'comlink',
        'idb',
        'meyda',
        'mutative',
        'react',
        'react-aria-components',
        'react-dom/client',
        'tinykeys',
        'zod',
        'zustand',
        'zustand/vanilla',
      ],
    },
  }
})
