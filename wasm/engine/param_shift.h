// What control buses add to the parameters of one chain or instrument, from one micro-block to the next. Audio thread.
#pragma once
#include <cmath>

#include "core/param.h"
#include "core/unit.h"
#include "wire/song.h"

namespace sl {

/// `from` at the first frame of the micro-block, `to` at its end, in shares of the parameter's range.
struct ParamShift {
  uint16_t device, param;
  float from, to;
  bool live;  ///< something moves it in this micro-block
};

struct ParamShifts {
  int count;
  ParamShift list[kMaxStripShifts];

  /// A new micro-block: what nobody moves any more goes back in it.
  void begin() {
    int kept = 0;
    for (int k = 0; k < count; k++) {
      ParamShift& shift = list[k];
      if (!shift.live && shift.to == 0.f) continue;
      list[kept++] = {shift.device, shift.param, shift.to, 0.f, false};
    }
    count = kept;
  }
  /// `fresh`: nothing was rendered yet, so the value is there at once.
  void add(uint16_t device, uint16_t param, float amount, bool fresh) {
    for (int k = 0; k < count; k++) {
      ParamShift& shift = list[k];
      if (shift.device != device || shift.param != param) continue;
      shift.to += amount, shift.live = true;
      if (fresh) shift.from = shift.to;
      return;
    }
    if (count < kMaxStripShifts) list[count++] = {device, param, fresh ? amount : 0.f, amount, true};
  }
  void clear() { count = 0; }
};

/// A parameter's own way through frames [begin, begin + frames) of a micro-block, moved by a shift.
inline Ramp<float> shifted(const Ramp<float>& own, const Param& p, const ParamShift& shift, int begin, int frames) {
  auto moved = [&](float value, int at) {
    const float share = shift.from + (shift.to - shift.from) * ((float)at * (1.f / kMicroBlock));
    const float v =
        p.curve == Curve::log ? value * std::exp2(share * std::log2(p.max / p.min)) : value + share * (p.max - p.min);
    return v < p.min ? p.min : v > p.max ? p.max : v;
  };
  const float from = moved(own.value, begin), to = moved(own.value + own.step * (float)frames, begin + frames);
  return {from, (to - from) / (float)frames, from != to, true};
}

}  // namespace sl
