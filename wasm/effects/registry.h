// Every effect of the engine: one line each. The order gives the numeric index of this build; ids are what is saved.
#pragma once
#include <tuple>

#include "effects/binaural.h"
#include "effects/bitcrush.h"
#include "effects/branch.h"
#include "effects/chorus.h"
#include "effects/compressor.h"
#include "effects/convolution.h"
#include "effects/deesser.h"
#include "effects/delay.h"
#include "effects/distortion.h"
#include "effects/ensemble.h"
#include "effects/eq.h"
#include "effects/eq8.h"
#include "effects/expander.h"
#include "effects/filter.h"
#include "effects/flanger.h"
#include "effects/frequencyshift.h"
#include "effects/gate.h"
#include "effects/granulator.h"
#include "effects/limiter.h"
#include "effects/looper.h"
#include "effects/midside.h"
#include "effects/multiband.h"
#include "effects/multitap.h"
#include "effects/panner.h"
#include "effects/phaser.h"
#include "effects/pingpong.h"
#include "effects/pitchshift.h"
#include "effects/plate.h"
#include "effects/playback.h"
#include "effects/rack.h"
#include "effects/resonator.h"
#include "effects/reverb.h"
#include "effects/ringmod.h"
#include "effects/rotary.h"
#include "effects/saturation.h"
#include "effects/tape.h"
#include "effects/transient.h"
#include "effects/tremolo.h"
#include "effects/tube.h"
#include "effects/vibrato.h"
#include "effects/vocoder.h"
#include "effects/wavefolder.h"
#include "effects/waveshaper.h"
#include "effects/width.h"

namespace sl {

// clang-format off
using Effects = std::tuple<
    Delay
  , PingPong
  , Plate
  , Chorus
  , Ensemble
  , Flanger
  , Phaser
  , RingMod
  , Saturation
  , Distortion
  , Eq
  , Limiter
  , Compressor
  , LookaheadCompressor
  , Waveshaper
  , Tube
  , Wavefolder
  , Convolution
  , Filter
  , Reverb
  , Granulator
  , Tape
  , MultiTap
  , Bitcrush
  , FrequencyShift
  , Gate
  , Expander
  , Multiband
  , DeEsser
  , Transient
  , Resonator
  , Binaural
  , Looper
  , Eq8
  , Vocoder
  , Tremolo
  , Vibrato
  , Panner
  , Width
  , MidSide
  , Rotary
  , PitchShift
  , Branch
  , Rack
  , Playback
>;
// clang-format on

}  // namespace sl
