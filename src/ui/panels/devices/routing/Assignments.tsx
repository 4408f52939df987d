// What of a strip follows control buses, each with its amount; and the buses of the song (main thread).
import { useStore } from 'zustand'
import { parseValue } from '../../../../params/parse.ts'
import { formatValue, speakValue } from '../../../../params/format.ts'
import { stepPlain, toPlain, toUnit } from '../../../../params/map.ts'
import { deviceParams } from '../../../../project/song/devices.ts'
import { canFollow } from '../../../../project/song/controls.ts'
import { everyDevice } from '../../../../project/song/racks.ts'
import { usePorts } from '../../../context.ts'
import { IconButton } from '../../../controls/Button.tsx'
import { MenuButton, type MenuPart } from '../../../controls/MenuButton.tsx'
import { Slider } from '../../../controls/Slider.tsx'
import { findStrip } from '../rack.ts'
import { ENGINE_SPECS } from '../values.ts'
import { ControlBuses } from './ControlBuses.tsx'

const AMOUNT = { unit: 'fraction', curve: 'linear', min: -1, max: 1 } as const
const NEW_AMOUNT = 0.25

interface Following {
  readonly deviceId: string
  readonly device: string
  readonly key: string
  readonly label: string
}

type Strip = NonNullable<ReturnType<typeof findStrip>>

/** Every parameter of a strip that can follow a bus, by device. */
const canMove = (strip: Strip): Following[] =>
  everyDevice(strip.devices).flatMap((device) =>
    (device.patch?.pads ? [] : deviceParams(device))
      .filter(({ param }) => canFollow(param))
      .map(({ key, param }) => ({
        deviceId: device.id,
        device:
          device.kind === 'instrument'
            ? (device.name ?? 'Instrument')
            : (ENGINE_SPECS.effects.get(device.type)?.label ?? device.type),
        key,
        label: device.kind === 'instrument' ? `${key.split('.')[0] ?? ''}: ${param.label}` : param.label,
      })),
  )

export function Assignments({ stripId }: { readonly stripId: string }) {
  const { project, run } = usePorts()
  const strip = useStore(project, (state) => findStrip(state, stripId))
  const controls = useStore(project, (state) => state.controls) ?? []
  if (!strip) return null
  const open = canMove(strip)
  const nameOf = (deviceId: string, key: string): string => {
    const found = open.find((one) => one.deviceId === deviceId && one.key === key)
    return found ? `${found.device}, ${found.label}` : key
  }
  const held = controls.flatMap((bus) =>
    bus.routes.filter((route) => route.stripId === stripId).map((route) => ({ bus: bus.name, ...route })),
  )
  const devices = [...new Set(open.map(({ deviceId }) => deviceId))]
  const parts = (bus: string): MenuPart[] =>
    devices.map((id) => {
      const own = open.filter(({ deviceId }) => deviceId === id)
      return {
        title: own[0]!.device,
        deeds: own.map(({ deviceId, key, label }) => ({
          id: `${deviceId}.${key}`,
          label,
          run: () => void run('control.assign', { name: bus, trackId: stripId, deviceId, key, amount: NEW_AMOUNT }),
        })),
      }
    })
  return (
    <section className="follows" aria-label={`Control buses of ${strip.name}`}>
      <div className="gt">
        <h4>Control buses</h4>
        <ControlBuses />
      </div>
      <div className="rows">
        {held.map(({ bus, deviceId, key, amount }) => {
          const set = (next: number, gesture?: string) =>
            void run('control.assign', { name: bus, trackId: stripId, deviceId, key, amount: next }, { gesture })
          const what = nameOf(deviceId, key)
          const name = `How far ${what} follows ${bus}`
          return (
            <div key={`${bus} ${deviceId} ${key}`} className="send" role="group" aria-label={`${what} follows ${bus}`}>
              <span className="ell" data-tip={`${what} follows ${bus}`}>
                {what} ← {bus}
              </span>
              <Slider
                name={name}
                position={toUnit(AMOUNT, amount)}
                spoken={speakValue(AMOUNT, amount)}
                tip={`${name}: ${formatValue(AMOUNT, amount)} of its range`}
                now={amount}
                min={-1}
                max={1}
                onMove={(position, gesture) => set(Number(toPlain(AMOUNT, position)), gesture)}
                onStep={(count, size, gesture) => set(Number(stepPlain(AMOUNT, amount, count, size)), gesture)}
                onGestureEnd={() => void run('history.endGesture', {})}
                onReset={() => set(NEW_AMOUNT)}
                onType={(typed) => {
                  const plain = parseValue(AMOUNT, typed, amount)
                  if (plain === null) return false
                  set(Number(plain))
                  return true
                }}
              />
              <span className="db" aria-hidden="true">
                {formatValue(AMOUNT, amount)}
              </span>
              <IconButton
                icon="close"
                name={`Let go of ${what}`}
                tip={`${what} follows ${bus} no more`}
                onClick={() => void run('control.unassign', { name: bus, trackId: stripId, deviceId, key })}
              />
            </div>
          )
        })}
        {controls.map(({ name }) => (
          <MenuButton key={name} name={`Follow ${name}`} className="btn" placement="top start" parts={parts(name)}>
            Follow {name}
          </MenuButton>
        ))}
        {controls.length === 0 && <p className="cap">None yet. One LFO, follower or macro can move many devices.</p>}
      </div>
    </section>
  )
}
