// Every unit generator of the engine: one line each. The order gives the numeric index of this build; ids are what is
// saved.
#pragma once
#include <tuple>

#include "units/additive.h"
#include "units/bow.h"
#include "units/chaos.h"
#include "units/comb.h"
#include "units/drumnoise.h"
#include "units/drumtone.h"
#include "units/env.h"
#include "units/fm.h"
#include "units/fm6.h"
#include "units/follower.h"
#include "units/formant.h"
#include "units/gain.h"
#include "units/granular.h"
#include "units/hold.h"
#include "units/ladder.h"
#include "units/lfo.h"
#include "units/macro.h"
#include "units/metal.h"
#include "units/mix.h"
#include "units/modal.h"
#include "units/mseg.h"
#include "units/pan.h"
#include "units/partials.h"
#include "units/pink.h"
#include "units/pluck.h"
#include "units/pulse.h"
#include "units/ring.h"
#include "units/sampler.h"
#include "units/saw.h"
#include "units/sine.h"
#include "units/square.h"
#include "units/string.h"
#include "units/supersaw.h"
#include "units/svf.h"
#include "units/sync.h"
#include "units/triangle.h"
#include "units/unison.h"
#include "units/voice_phaser.h"
#include "units/wavetable.h"
#include "units/white.h"
#include "units/wind.h"

namespace sl {

// clang-format off
using Units = std::tuple<
    Saw
  , Square
  , Triangle
  , Sine
  , Pulse
  , Supersaw
  , Unison
  , Additive
  , Fm
  , White
  , Pink
  , String
  , Svf
  , Ladder
  , Comb
  , Env
  , Lfo
  , Gain
  , Pan
  , Mix
  , Modal
  , Pluck
  , Fm6
  , Wavetable
  , Sync
  , Sampler
  , Granular
  , Bow
  , Wind
  , Partials
  , Ring
  , Hold
  , Chaos
  , Macro
  , Mseg
  , Follower
  , FormantFilter
  , VoicePhaser
  , DrumTone
  , DrumNoise
  , Metal
>;
// clang-format on

}  // namespace sl
