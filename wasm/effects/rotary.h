// Rotary speaker: a horn and a drum that turn in front of two microphones. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/mix_law.h"
#include "dsp/modulated_line.h"
#include "dsp/phase_lfo.h"
#include "dsp/soft_drive.h"

namespace sl {

/// The geometry of a Leslie 122 (Smith, Serafin, Abel and Berners 2002, "Doppler simulation and the Leslie"): each
/// source goes round its axis, its distance to each microphone is its delay and weakens it, its angle turns it down and
/// dull. The horn is also heard from the back wall of the cabinet. Drum and horn turn against each other and take their
/// time to change speed: the horn a second, the drum five. Crossover at 800 Hz, Linkwitz-Riley, 24 dB per octave.
struct Rotary {
  enum P { speed, slow, fast, inertia, drive, balance, distance, angle, mix, numParams };
  static constexpr std::array<Option, 3> kSpeeds{{{"stop", "Stop"}, {"slow", "Slow"}, {"fast", "Fast"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "speed",
       .label = "Speed",
       .doc = "Stop, slow (chorale) or fast (tremolo); horn and drum get there by and by.",
       .init = 1.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kSpeeds},
      {.id = "slow",
       .label = "Slow rate",
       .doc = "Turns of the horn per second at slow speed; the drum is a little slower.",
       .unit = Unit::hertz,
       .min = 0.2f,
       .max = 3.f,
       .init = 0.8f,
       .curve = Curve::log},
      {.id = "fast",
       .label = "Fast rate",
       .doc = "Turns of the horn per second at fast speed.",
       .unit = Unit::hertz,
       .min = 3.f,
       .max = 12.f,
       .init = 6.7f,
       .curve = Curve::log},
      {.id = "inertia",
       .label = "Inertia",
       .doc = "How long the rotors take to change speed, times that of the original.",
       .unit = Unit::ratio,
       .min = 0.1f,
       .max = 4.f,
       .init = 1.f,
       .curve = Curve::log},
      {.id = "drive",
       .label = "Drive",
       .doc = "How hard the valve amplifier in front works; 0 dB is clean.",
       .unit = Unit::decibels,
       .min = 0.f,
       .max = 30.f,
       .init = 6.f},
      {.id = "balance",
       .label = "Balance",
       .doc = "Drum alone (-100 %) to horn alone (100 %).",
       .unit = Unit::fraction,
       .min = -1.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "distance",
       .label = "Mic distance",
       .doc = "Metres from the axis to the microphones: near ones swing more.",
       .unit = Unit::none,
       .min = 0.3f,
       .max = 2.f,
       .init = 0.6f,
       .curve = Curve::log},
      {.id = "angle",
       .label = "Mic angle",
       .doc = "Angle between the microphones: 0 degrees is mono, 180 degrees hears opposite sides.",
       .unit = Unit::degrees,
       .min = 0.f,
       .max = 180.f,
       .init = 100.f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to speaker only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
  }};
  static constexpr Spec spec{.id = "rotary",
                             .label = "Rotary speaker",
                             .doc = "A horn and a drum that spin, with the swell and the Doppler of an organ speaker.",
                             .category = "modulation",
                             .params = params,
                             .costNs = 5100.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    framesPerMetre_ = sampleRate_ / 343.f;
    drive_.prepare(sampleRate_);
    const double g = std::tan(M_PI * kCrossoverHz / sampleRate_);
    a1_ = 1. / (1. + g * (g + kDamping));
    a2_ = g * a1_;
    a3_ = g * a2_;
    const float t = std::tan(kPi * kDullHz / sampleRate_);
    dullGain_ = t / (1.f + t);
    const int frames = (int)(1.5f * framesPerMetre_) + ModulatedLine::kMinFrames;
    const bool table = table_.prepare(arena), horn = horn_.prepare(arena, frames);
    return drum_.prepare(arena, frames) && horn && table;
  }
  void reset() noexcept {
    horn_.reset();
    drum_.reset();
    drive_.reset();
    for (Section& s : split_) s = {};
    for (Rotor& r : rotors_) r = {};
    for (f32x4& s : dull_) s = splat(0.f);
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames;
    spin(b);
    drive_.aim(b.params[drive].value, endOf(b.params[drive], n), n);
    Glide far(b.params[distance]), spread(b.params[angle]), lean(b.params[balance]), wet(b.params[mix]);
    for (int i = 0; i < n; i++) {
      const float x = drive_.process(splat(0.5f * (b.left[i] + b.right[i])))[0];
      const double lowOnce = lowpass(split_[0], x), highOnce = highpass(split_[2], x);
      const float low = (float)lowpass(split_[1], lowOnce), high = (float)highpass(split_[3], highOnce);

      const float metres = far.next(), half = spread.next() * (1.f / 720.f), tilt = lean.next(), amount = wet.next();
      const uint32_t mic = turns((double)half), horn = rotors_[0].next(), drum = 0u - rotors_[1].next();
      constexpr uint32_t kQuarter = turns(0.25), kHalf = turns(0.5);
      // Cosines of the angles to the left and the right microphone: horn, drum; horn by way of the wall behind.
      const f32x4 facing = sinePhase(u32x4{horn + mic, horn - mic, drum + mic, drum - mic} + splatU(kQuarter));
      const f32x4 wall = sinePhase(u32x4{kHalf - horn + mic, kHalf - horn - mic, 0u, 0u} + splatU(kQuarter));
      const f32x4 radius = {kHornMetres, kHornMetres, kDrumMetres, kDrumMetres};
      const f32x4 away = sqrt(splat(metres * metres) + radius * (radius - splat(2.f * metres) * facing));
      const f32x4 wallAway = sqrt(splat(metres * metres) + radius * (radius - splat(2.f * metres) * wall));
      const f32x4 delay = (away - splat(metres) + splat(kHornMetres)) * splat(framesPerMetre_);
      const f32x4 wallDelay = (wallAway - splat(metres) + splat(kHornMetres + kWallMetres)) * splat(framesPerMetre_);
      const f32x4 least = {kHornLeast, kHornLeast, kDrumLeast, kDrumLeast};
      const f32x4 toward = splat(0.5f) + splat(0.5f) * facing;
      const f32x4 loud = (least + (splat(1.f) - least) * toward) * splat(metres) / away;
      const f32x4 wallLoud = (splat(kHornLeast) + splat(0.5f - 0.5f * kHornLeast) * (splat(1.f) + wall)) *
                             splat(kWallGain * metres) / (wallAway + splat(kWallMetres));

      f32x4 heard;
      for (int s = 0; s < 2; s++) {
        heard[s] = horn_.read(table_, (double)delay[s] + kFirst);
        heard[s + 2] = drum_.read(table_, (double)delay[s + 2] + kFirst);
      }
      f32x4 echo = splat(0.f);
      for (int s = 0; s < 2; s++) echo[s] = horn_.read(table_, (double)wallDelay[s] + kFirst);
      horn_.write(high);
      drum_.write(low);
      // Turned away, highs are shadowed; the wall takes a part of them always.
      const f32x4 shadow = (splat(1.f) - toward) * f32x4{kHornShadow, kHornShadow, 0.f, 0.f};
      heard += (dulled(dull_[0], heard) - heard) * shadow;
      echo = dulled(dull_[1], echo);
      const f32x4 part = heard * loud, reflected = echo * wallLoud;
      const float hornGain = kHornLevel * std::fmin(1.f + tilt, 1.f),
                  drumGain = kDrumLevel * std::fmin(1.f - tilt, 1.f);
      b.left[i] = mixed(b.left[i], hornGain * (part[0] + reflected[0]) + drumGain * part[2], amount);
      b.right[i] = mixed(b.right[i], hornGain * (part[1] + reflected[1]) + drumGain * part[3], amount);
    }
    drive_.endBlock();
    for (Section& s : split_) s.band = flush(s.band), s.low = flush(s.low);
    for (f32x4& s : dull_) s = flush(s);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return (int)(1.5f * framesPerMetre_ + 6.f / kCrossoverHz * sampleRate_) + 256; }

 private:
  static constexpr float kCrossoverHz = 800.f, kDullHz = 2200.f;
  static constexpr float kHornMetres = 0.19f, kDrumMetres = 0.12f, kWallMetres = 0.34f, kWallGain = 0.35f;
  static constexpr float kHornLeast = 0.2f, kDrumLeast = 0.45f, kHornShadow = 0.75f;  ///< turned away
  static constexpr float kHornLevel = 1.35f, kDrumLevel = 1.3f;  ///< back to the level of the input, over a turn
  static constexpr double kFirst = ModulatedLine::kMinFrames, kDamping = 1.41421356237309505;

  struct Section {
    double band = 0., low = 0.;
  };
  /// Turns, turns per frame now and where it is heading. The speed approaches exponentially.
  struct Rotor {
    double turned = 0., perFrame = 0., step = 0.;
    uint32_t next() noexcept {
      const uint32_t at = (uint32_t)(int64_t)(turned * 4294967296.);
      turned += step;
      return at;
    }
  };
  void spin(const StereoBlock& b) noexcept {
    const int n = b.frames, wanted = (int)b.params[speed].value;
    const float hz = wanted == 0 ? 0.f : wanted == 1 ? endOf(b.params[slow], n) : endOf(b.params[fast], n);
    // Time constants: up and down, horn and drum; a change is over after three.
    constexpr double kSeconds[2][2] = {{0.33, 0.5}, {1.6, 1.4}}, kOfHorn[2] = {1., 0.84};
    for (int k = 0; k < 2; k++) {
      Rotor& r = rotors_[k];
      const double goal = (double)hz * kOfHorn[k] / sampleRate_;
      const double frames = kSeconds[k][goal < r.perFrame] * endOf(b.params[inertia], n) * sampleRate_;
      if (fresh_) r.perFrame = goal;
      const double left = std::exp(-n / frames);
      r.turned -= std::floor(r.turned);
      r.step = goal + (r.perFrame - goal) * frames * (1. - left) / n;
      r.perFrame = goal + (r.perFrame - goal) * left;
    }
    fresh_ = false;
  }
  void run(Section& s, double x, double& band, double& low) const noexcept {
    const double v = x - s.low;
    band = a1_ * s.band + a2_ * v;
    low = s.low + a2_ * s.band + a3_ * v;
    s.band = 2. * band - s.band;
    s.low = 2. * low - s.low;
  }
  double lowpass(Section& s, double x) const noexcept {
    double band, low;
    run(s, x, band, low);
    return low;
  }
  double highpass(Section& s, double x) const noexcept {
    double band, low;
    run(s, x, band, low);
    return x - kDamping * band - low;
  }
  f32x4 dulled(f32x4& state, f32x4 x) const noexcept {
    const f32x4 v = (x - state) * splat(dullGain_), y = v + state;
    state = y + v;
    return y;
  }

  SincTable table_;
  ModulatedLine horn_, drum_;
  SoftDrive drive_;
  Section split_[4];
  Rotor rotors_[2];
  f32x4 dull_[2] = {};
  double a1_ = 0., a2_ = 0., a3_ = 0.;
  float sampleRate_ = 48000.f, framesPerMetre_ = 140.f, dullGain_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
