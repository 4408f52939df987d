// What axe finds in the page or in a part of it, one line for each rule (Playwright with axe).
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** `within`: CSS selectors, absent the whole page. `rules`: only these. */
export async function axeFinds(
  page: Page,
  within: readonly string[] = [],
  rules?: readonly string[],
): Promise<string[]> {
  const axe = within.reduce((builder, part) => builder.include(part), new AxeBuilder({ page }))
  const { violations } = await (rules ? axe.withRules([...rules]) : axe.withTags(TAGS)).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}
