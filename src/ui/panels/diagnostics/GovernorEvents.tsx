// The governor's changes of level as the diagnostics panel lists them (main thread).
import type { Diagnostics } from '../../../engine/live/diagnostics.ts'
import { engineTime, governorLevel, percent } from './figures.ts'

export function GovernorEvents({ events }: Pick<Diagnostics['governor'], 'events'>) {
  return (
    <table className="slow">
      <caption>Changes of quality</caption>
      {events.length === 0 ? (
        <tbody>
          <tr>
            <td className="cap">Full quality since the engine started</td>
          </tr>
        </tbody>
      ) : (
        <>
          <thead>
            <tr>
              <th scope="col">Engine time</th>
              <th scope="col">Level</th>
              <th scope="col">CPU</th>
              <th scope="col">Most expensive, estimated</th>
            </tr>
          </thead>
          <tbody>
            {events.map(({ id, atSeconds, level, load, dearest }) => (
              <tr key={id}>
                <td>{engineTime(atSeconds)}</td>
                <td>{governorLevel(level)}</td>
                <td>{load === null ? '' : percent(load)}</td>
                <td>{dearest ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </>
      )}
    </table>
  )
}
