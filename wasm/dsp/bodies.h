// Resonances of instrument bodies, for strings that play through them. Any thread.
#pragma once
#include <array>

#include "dsp/mode_bank.h"

namespace sl {

inline constexpr int kBodyModes = 12;

struct BodyMode {
  float hz, q, gain;  ///< gain at the resonance, over the string itself
};
struct Body {
  std::array<BodyMode, kBodyModes> modes;
  float through;  ///< how much of the string is heard past the resonances
};

/// After measured admittances: Christensen and Vistisen 1980 (air and top), Fletcher and Rossing 1998 ch. 9 and 10; a
/// solid body rings little, its pickup has one broad resonance.
inline constexpr std::array<Body, 7> kBodies{{
    {{{{98.f, 14.f, 1.5f},
       {196.f, 20.f, 1.3f},
       {226.f, 24.f, -0.7f},
       {287.f, 30.f, 0.7f},
       {378.f, 30.f, -0.8f},
       {471.f, 35.f, 0.6f},
       {563.f, 35.f, -0.6f},
       {694.f, 40.f, 0.6f},
       {838.f, 40.f, -0.5f},
       {1052.f, 40.f, 0.5f},
       {1420.f, 30.f, -0.5f},
       {2150.f, 12.f, 0.5f}}},
     0.5f},
    {{{{92.f, 12.f, 1.6f},
       {178.f, 16.f, 1.6f},
       {236.f, 22.f, -0.8f},
       {304.f, 26.f, 0.9f},
       {372.f, 28.f, -0.7f},
       {448.f, 30.f, 0.7f},
       {536.f, 30.f, -0.5f},
       {640.f, 32.f, 0.5f},
       {786.f, 32.f, -0.4f},
       {980.f, 30.f, 0.4f},
       {1260.f, 24.f, -0.3f},
       {1700.f, 10.f, 0.3f}}},
     0.32f},
    {{{{204.f, 40.f, 0.18f}, {418.f, 45.f, -0.15f}, {690.f, 50.f, 0.12f}, {1130.f, 50.f, -0.1f}, {3600.f, 2.2f, 0.9f}}},
     0.85f},
    {{{{58.f, 18.f, 0.4f}, {121.f, 25.f, 0.35f}, {246.f, 30.f, -0.25f}, {520.f, 30.f, 0.2f}, {2300.f, 1.8f, 0.6f}}},
     0.9f},
    {{{{262.f, 10.f, 1.2f},
       {438.f, 14.f, -1.3f},
       {596.f, 18.f, 1.4f},
       {738.f, 20.f, -1.3f},
       {905.f, 22.f, 1.2f},
       {1130.f, 22.f, -1.1f},
       {1390.f, 20.f, 1.f},
       {1760.f, 18.f, -0.9f},
       {2240.f, 16.f, 0.9f},
       {2890.f, 12.f, -0.8f},
       {3650.f, 8.f, 0.8f},
       {4700.f, 6.f, -0.6f}}},
     0.3f},
    {{{{275.f, 14.f, 1.2f},
       {405.f, 18.f, -0.8f},
       {470.f, 22.f, 1.5f},
       {545.f, 24.f, -1.5f},
       {700.f, 20.f, 0.7f},
       {840.f, 22.f, -0.8f},
       {1030.f, 22.f, 0.8f},
       {1380.f, 18.f, -0.7f},
       {1760.f, 14.f, 0.8f},
       {2350.f, 5.f, 1.1f},
       {2900.f, 6.f, -0.9f},
       {3700.f, 6.f, 0.6f}}},
     0.22f},
    {{{{102.f, 14.f, 1.2f},
       {172.f, 20.f, 1.4f},
       {196.f, 22.f, -1.3f},
       {232.f, 20.f, 0.8f},
       {302.f, 20.f, -0.8f},
       {410.f, 20.f, 0.7f},
       {520.f, 18.f, -0.8f},
       {680.f, 16.f, 0.7f},
       {880.f, 12.f, -0.7f},
       {1250.f, 5.f, 1.f},
       {1700.f, 6.f, -0.8f},
       {2400.f, 6.f, 0.5f}}},
     0.25f},
}};

/// A mode whose gain at its frequency is `gain`: frequency in cycles per frame.
inline void setResonance(ModeBank<kBodyModes>& bank, int k, f32x4 turns, f32x4 q, f32x4 gain) {
  const i32x4 here = (turns > splat(0.f)) & (turns < splat(0.45f));
  const f32x4 safe = clamp(turns, 1e-4f, 0.45f), frames = splat(2.1988f) * q / safe;
  ModeTurn turn = modeTurn(safe, frames);
  const f32x4 in = gain * splat(2.f * 6.9077553f) / frames;
  turn.along = select(here, turn.along, splat(-1.f));
  turn.across = select(here, turn.across, splat(0.f));
  bank.set(k, turn, select(here, in, splat(0.f)));
}

}  // namespace sl
