// What control buses carry. Audio thread.
#include "engine/control_buses.h"

#include <cmath>

#include "core/unit.h"
#include "dsp/hash.h"
#include "engine/engine.h"
#include "engine/param_shift.h"

namespace sl {
namespace {

constexpr float kMacroSeconds = 0.015f;

float shapeAt(const ControlBus& bus, double cycles, uint32_t seed) {
  const double whole = std::floor(cycles);
  const auto t = (float)(cycles - whole);
  switch ((ControlShape)bus.shape) {
    case ControlShape::sine:
      return std::sin(6.28318531f * t);
    case ControlShape::triangle:
      return t < 0.25f ? 4.f * t : t < 0.75f ? 2.f - 4.f * t : 4.f * t - 4.f;
    case ControlShape::saw:
      return 1.f - 2.f * t;
    case ControlShape::ramp:
      return 2.f * t - 1.f;
    case ControlShape::square:
      return t < 0.5f ? 1.f : -1.f;
    default:
      return bipolar(noteHash(splatU(seed ^ bus.id), (uint32_t)(int64_t)whole))[0];
  }
}

float towards(float value, float goal, float seconds, float sampleRate) {
  return goal + (value - goal) * std::exp(-(float)kMicroBlock / (seconds * sampleRate));
}

}  // namespace

void ControlTable::adopt(const ControlTable* old) {
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; old && k < old->count; k++)
      if (old->buses[k].id == buses[i].id && old->buses[k].kind == buses[i].kind) states[i] = old->states[k];
}

void ControlTable::clear() {
  for (uint32_t i = 0; i < count; i++) states[i] = {};
}

void ControlTable::run(const SongTime& song, float sampleRate, uint32_t seed) {
  const double seconds = (double)kMicroBlock / sampleRate;
  for (uint32_t i = 0; i < count; i++) {
    const ControlBus& bus = buses[i];
    ControlState& s = states[i];
    switch ((ControlKind)bus.kind) {
      case ControlKind::lfo: {
        s.phase = bus.beats > 0.f ? (song.beat + seconds * song.bpm / 60.) / bus.beats : s.phase + seconds * bus.rateHz;
        s.value = shapeAt(bus, s.phase + bus.phase, seed);
        break;
      }
      case ControlKind::follower: {
        const float goal = s.heard * bus.gain;
        s.level = towards(s.level, goal, goal > s.level ? bus.attackSeconds : bus.releaseSeconds, sampleRate);
        if (s.level < 1e-6f) s.level = 0.f;
        s.value = s.level < 1.f ? s.level : 1.f;
        s.heard = 0.f;
        break;
      }
      default:
        s.value = s.running ? towards(s.value, bus.value, kMacroSeconds, sampleRate) : bus.value;
        if (std::fabs(s.value - bus.value) < 1e-5f) s.value = bus.value;
    }
    s.running = true;
  }
}

void ControlTable::listen(uint32_t strip, const float* left, const float* right) {
  float peak = 0.f;
  for (int i = 0; i < kMicroBlock; i++) {
    const float l = std::fabs(left[i]), r = std::fabs(right[i]);
    peak = l > peak ? l : peak, peak = r > peak ? r : peak;
  }
  for (uint32_t i = 0; i < count; i++)
    if (buses[i].kind == (uint32_t)ControlKind::follower && buses[i].strip == strip) states[i].heard = peak;
}

void Engine::control() {
  ControlTable* table = controlTable ? controlTable->controls : nullptr;
  if (table) table->run(song, sampleRate, seed);
  for (uint32_t s = 0; s < kStrips; s++) {
    if (!shifting[s]) continue;
    shifting[s] = false;
    Program* program = strips[s].live();
    if (!program) continue;
    program->shifts.begin(), program->chain->shifts.begin();
    shifting[s] = program->shifts.count > 0 || program->chain->shifts.count > 0;
  }
  for (uint32_t i = 0; table && i < table->routeCount; i++) {
    const ControlRoute& route = table->routes[i];
    const Param* param = paramAt(route.strip, route.device, route.param);
    if (!param || param->smooth != Smooth::ramp || (param->curve != Curve::linear && param->curve != Curve::log))
      continue;
    Program& program = *strips[route.strip].live();
    if (route.device == 0 && program.kit) continue;  // its values are its pads'
    const float amount = route.amount * table->states[route.bus].value;
    if (route.device == 0)
      program.shifts.add(0, route.param, amount, !program.rendered);
    else
      program.chain->shifts.add((uint16_t)(route.device - 1), route.param, amount, program.chain->fresh);
    shifting[route.strip] = true;
  }
}

void Engine::installControls(SongTableObject* table) {
  SongTableObject* old = controlTable;
  controlTable = table;
  if (table) table->controls->adopt(old ? old->controls : nullptr);
  if (old) giveBackTable(*old);
}

}  // namespace sl
