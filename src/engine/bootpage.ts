// The page that stands in for the app when it cannot start (main thread): names what is missing and what to do.
import type { MissingFeature } from './capabilities.ts'

const STYLE = `
.boot-page { max-width: 40rem; margin: 12vh auto; padding: 0 1.5rem; font: 15px/1.6 system-ui, sans-serif; }
.boot-page h1 { font-size: 1.4rem; font-weight: 600; }
.boot-page h2 { font-size: 1rem; font-weight: 600; margin: 1.75rem 0 0; }
.boot-page p { margin: 0.25rem 0 0; }
.boot-page button { font: inherit; margin-top: 2rem; padding: 0.4rem 1rem; min-height: 32px; }`

/** Replaces the content of `root`. Reloading is offered as a button; nothing else runs. */
export function showBootPage(root: HTMLElement, missing: readonly MissingFeature[]): void {
  const page = document.createElement('main')
  page.className = 'boot-page'
  page.append(
    element('style', STYLE),
    element('h1', 'Soundloom cannot start here'),
    element(
      'p',
      missing.length === 1
        ? 'One thing is missing in this browser.'
        : `${missing.length} things are missing in this browser.`,
    ),
  )
  for (const feature of missing) {
    const section = document.createElement('section')
    section.dataset.missing = feature.id
    section.append(element('h2', feature.name), element('p', feature.why), element('p', feature.remedy))
    page.append(section)
  }
  const reload = element('button', 'Reload')
  reload.addEventListener('click', () => location.reload())
  page.append(reload)
  root.replaceChildren(page)
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, text: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
