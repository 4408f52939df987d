// Convolution reverb: plays the sound of a recorded room. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "core/governor.h"
#include "dsp/convolver.h"
#include "dsp/decibels.h"
#include "dsp/impulse_response.h"
#include "dsp/mix_law.h"
#include "dsp/predelay.h"
#include "dsp/tempo_sync.h"
#include "dsp/wet_band.h"

namespace sl {

/// The response is brought to the engine's rate and to equal loudness in prepare. A file of one channel serves both
/// sides, of two left and right, of four is true stereo (LL, LR, RL, RR). Memory: 16 to 24 bytes per tap and channel: 6
/// MB for 2 s, 17 MB for 10 s of a stereo file at 48 kHz.
struct Convolution {
  enum P { predelay, decay, lowCut, highCut, width, gain, mix, sync, numParams };
  static constexpr std::array<Param, numParams> params{{
      Predelay::param(0.f),
      {.id = "decay",
       .label = "Decay",
       .doc = "Decay time of the room: 100 % as recorded, less fades it out faster.",
       .unit = Unit::fraction,
       .min = 0.05f,
       .max = 1.f,
       .init = 1.f},
      WetBand::lowCut(),
      WetBand::highCut(),
      {.id = "width",
       .label = "Width",
       .doc = "Stereo width of the room: 0 % mono, 100 % as recorded, up to twice as wide.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 2.f,
       .init = 1.f},
      {.id = "gain",
       .label = "Gain",
       .doc = "Level of the room. At 0 dB noise is as loud as before, whatever the recording's level.",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 24.f,
       .init = 0.f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to room only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.3f},
      syncParam("Pre-delay as a note length at the song's tempo. What exceeds 0.5 s is halved.", "sync",
                "Pre-delay sync"),
  }};
  static constexpr Spec spec{.id = "convolution",
                             .label = "Convolution reverb",
                             .doc = "Any recorded room, plate or cabinet; a concert hall until an impulse is chosen.",
                             .category = "reverb",
                             .params = params,
                             .asset = AssetKind::impulse,
                             .costNs = 3200.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    ImpulseResponse response;
    if (!response.prepare(setup, arena) && !arena.measuring()) return false;
    const bool line = predelay_.prepare(arena, sampleRate_);
    const auto read = [&](float* const* into, int n) { response.read(into, n); };
    if (!convolver_.prepare(response.taps(), response.routes(), sampleRate_, arena, read)) return false;
    taps_ = response.taps();
    if (!arena.measuring()) {
      level_ = response.level();
      spareDb_ = 0.f;
      decaySeconds_ = response.decaySeconds();
    }
    return line;
  }
  void reset() noexcept {
    predelay_.reset();
    convolver_.reset();
    band_.reset();
  }
  void process(const StereoBlock& b) noexcept {
    float left[32], right[32];
    std::memcpy(left, b.left, sizeof(float) * (std::size_t)b.frames);
    std::memcpy(right, b.right, sizeof(float) * (std::size_t)b.frames);
    predelay_.process(
        left, right, b.frames,
        syncedDelaySeconds(b.params[sync].value, b.song.bpm, b.params[predelay].value, Predelay::kMaxSeconds));
    // What is missing to a T60 of `decay` times the response's own.
    const float share = endOf(b.params[decay], b.frames);
    const float fall = share < 1.f ? -6.90775528f * (1.f / share - 1.f) / (decaySeconds_ * sampleRate_) : 0.f;
    convolver_.process(left, right, left, right, b.frames, fall, spareAt(governed(b.level).tailDb));
    band_.process(left, right, b.frames, b.params[lowCut], b.params[highCut], sampleRate_);
    const float from = level_ * gainOf(b.params[gain].value);
    Glide loud({.value = from, .step = (level_ * gainOf(endOf(b.params[gain], b.frames)) - from) / (float)b.frames});
    Glide wide(b.params[width]), wet(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const float g = loud.next(), w = wide.next(), m = wet.next();
      const float middle = 0.5f * g * (left[i] + right[i]), side = 0.5f * g * w * (left[i] - right[i]);
      b.left[i] = mixed(b.left[i], middle + side, m);
      b.right[i] = mixed(b.right[i], middle - side, m);
    }
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return taps_ + predelay_.frames() + band_.tailFrames(sampleRate_) + 64; }

 private:
  /// Energy of the response that lies so far below all of it.
  float spareAt(float decibels) noexcept {
    if (decibels != spareDb_) {
      const float rest = gainOf(-decibels) / level_;
      spare_ = rest * rest;
      spareDb_ = decibels;
    }
    return decibels > 0.f ? spare_ : 0.f;
  }

  Predelay predelay_;
  Convolver convolver_;
  WetBand band_;
  float sampleRate_ = 48000.f;
  int taps_ = 0;
  float level_ = 1.f, decaySeconds_ = 1.f;
  float spareDb_ = 0.f, spare_ = 0.f;
};

}  // namespace sl
