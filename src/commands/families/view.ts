// view.*: how the page looks (main thread). Session state, not undoable.
import { BOTTOM_TABS } from '../../project/session.ts'
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'

export const viewCommands = [
  defineCommand({
    id: 'view.setTheme',
    title: 'Theme',
    doc: 'Dark, light, or what the system says.',
    args: z.strictObject({ theme: z.enum(['dark', 'light', 'system']) }),
    tool: true,
    run: ({ stores }, { theme }) => {
      stores.session.setState({ theme })
      return { theme }
    },
  }),
  defineCommand({
    id: 'view.setPanel',
    title: 'Show panel',
    doc: 'Opens or closes a panel.',
    args: z.strictObject({ panel: z.string().check(z.minLength(1), z.maxLength(40)), open: z.boolean() }),
    run: ({ stores }, { panel, open }) => {
      stores.session.setState(({ panels }) => ({ panels: { ...panels, [panel]: open } }))
      return { panel, open }
    },
  }),
  defineCommand({
    id: 'view.find',
    title: 'Find a sound',
    doc: 'Opens the sounds and puts the cursor in the search field, with a text if one is given.',
    args: z.strictObject({ text: z.optional(z.string().check(z.maxLength(500))) }),
    keys: ['$mod+f', '/'],
    run: ({ stores, finder }, { text = finder.getState().text }) => {
      stores.session.setState(({ panels }) => ({ panels: { ...panels, sounds: true } }))
      finder.setState(({ wanted }) => ({ text, wanted: wanted + 1 }))
      return { text }
    },
  }),
  defineCommand({
    id: 'view.toggleDiagnostics',
    title: 'Diagnostics',
    doc: 'Shows or hides what the audio thread, the transport and memory are doing.',
    keys: ['F9'],
    args: z.strictObject({}),
    run: ({ stores }) => {
      const open = !stores.session.getState().panels.diagnostics
      stores.session.setState(({ panels }) => ({ panels: { ...panels, diagnostics: open } }))
      return { open }
    },
  }),
  defineCommand({
    id: 'view.setBottomTab',
    title: 'Show tab',
    doc: 'Chooses what the lower panel shows.',
    args: z.strictObject({ tab: z.enum(BOTTOM_TABS) }),
    run: ({ stores }, { tab }) => {
      stores.session.setState({ bottomTab: tab })
      return { tab }
    },
  }),
] as const
