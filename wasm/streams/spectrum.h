// Magnitude spectrum in dBFS: windowed, overlapping transforms, averaged by power, with a falling hold. Analyzer
// worker.
#pragma once
#include <array>
#include <cmath>

#include "core/stream.h"
#include "dsp/complex_fft.h"
#include "dsp/decibels.h"
#include "dsp/math.h"
#include "dsp/window.h"

namespace sl {

/// Left and right are the real and imaginary part of one complex transform and are told apart by symmetry.
/// A sine of amplitude 1 at the centre of a bin reads 0 dB there; elsewhere up to the window's scalloping less.
struct Spectrum {
  enum P { size, window, overlap, average, fall, channel, numParams };
  enum R { level, hold, peakHz, peakDb, numReadings };
  static constexpr int kLog2Smallest = 9;
  static constexpr float kFloorDb = -200.f;
  static constexpr std::array<Option, 7> sizes{{
      {"512", "512"},
      {"1024", "1024"},
      {"2048", "2048"},
      {"4096", "4096"},
      {"8192", "8192"},
      {"16384", "16384"},
      {"32768", "32768"},
  }};
  static constexpr std::array<Option, kWindows.size()> windows{{
      {"rectangular", "Rectangular"},
      {"hann", "Hann"},
      {"blackmanHarris", "Blackman-Harris"},
      {"flatTop", "Flat top"},
  }};
  enum class Channel { both, left, right, mid, side };
  static constexpr std::array<Option, 5> channels{{
      {"both", "Both"},
      {"left", "Left"},
      {"right", "Right"},
      {"mid", "Mid"},
      {"side", "Side"},
  }};
  static constexpr std::array<Param, numParams> params{{
      {.id = "size",
       .label = "Size",
       .doc = "Frames of one transform: more tell closer tones apart, fewer follow faster.",
       .unit = Unit::count,
       .init = 3.f,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = sizes},
      {.id = "window",
       .label = "Window",
       .doc = "Hann for music, Blackman-Harris for quiet tones beside loud ones, flat top for exact levels.",
       .init = 1.f,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = windows},
      {.id = "overlap",
       .label = "Overlap",
       .doc = "Share of a transform's frames that the one before had too.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 0.875f,
       .init = 0.75f,
       .smooth = Smooth::none},
      {.id = "average",
       .label = "Average",
       .doc = "Time constant over which power is averaged; 0: each transform stands alone.",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 10.f,
       .init = 0.1f,
       .smooth = Smooth::none},
      {.id = "fall",
       .label = "Fall",
       .doc = "How fast the held curve sinks, in decibels per second; 0: never.",
       .unit = Unit::perSecond,
       .min = 0.f,
       .max = 120.f,
       .init = 12.f,
       .smooth = Smooth::none},
      {.id = "channel",
       .label = "Channel",
       .doc = "What is looked at; both: the louder of left and right in each bin.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = channels},
  }};
  static constexpr std::array<Reading, numReadings> readings{{
      {"level", "Level", "Level of each bin from 0 Hz to half the sample rate, size / 2 + 1 of them; -200 is silence.",
       Unit::decibels},
      {"hold", "Hold", "Highest level of each bin, sinking.", Unit::decibels},
      {"peakHz", "Peak frequency", "Frequency of the loudest partial, read between the bins; 0 when there is none.",
       Unit::hertz},
      {"peakDb", "Peak level", "Its level, read between the bins.", Unit::decibels},
  }};
  static constexpr Spec spec{.id = "spectrum",
                             .label = "Spectrum",
                             .doc = "Level over frequency; a full-scale sine reads 0 dB at its bin.",
                             .category = "frequency",
                             .params = params,
                             .readings = readings};

  static int sizeOf(const float* options) { return 1 << (kLog2Smallest + (int)options[size]); }
  static int count(const float* options, int reading) { return reading <= hold ? sizeOf(options) / 2 + 1 : 1; }

  bool prepare(const Setup& setup, const float* options, Arena& arena) {
    size_ = sizeOf(options);
    bins_ = size_ / 2 + 1;
    hop_ = (int)std::lround((float)size_ * (1.f - options[overlap]));
    channel_ = (Channel)options[channel];
    hertzPerBin_ = setup.sampleRate / (float)size_;
    const float hopSeconds = (float)hop_ / setup.sampleRate;
    share_ = options[average] > 0.f ? 1.f - std::exp(-hopSeconds / options[average]) : 1.f;
    sink_ = gainOf(-2.f * options[fall] * hopSeconds);
    shape_ = &kWindows[(std::size_t)options[window]];
    fullScale_ = (float)(4. / ((double)size_ * size_ * shape_->c[0] * shape_->c[0]));
    const auto whole = (std::size_t)size_;
    // Whole vectors of bins.
    const std::size_t half = (whole / 2 + 1 + 3) & ~std::size_t(3);
    float** blocks[] = {&ringLeft_, &ringRight_, &re_, &im_, &window_};
    for (float** block : blocks) *block = arena.take<float>(whole);
    power_ = arena.take<float>(half);
    held_ = arena.take<float>(half);
    if (!fft_.prepare(size_, arena)) return false;
    if (!held_) return arena.measuring();
    shape_->make(window_, size_);
    return true;
  }

  void push(const float* stereo, int frames) noexcept {
    for (int i = 0; i < frames; i++) {
      ringLeft_[at_] = stereo[2 * i];
      ringRight_[at_] = stereo[2 * i + 1];
      at_ = (at_ + 1) & (size_ - 1);
      if (seen_ < size_) seen_++;
      if (++sinceHop_ < hop_ || seen_ < size_) continue;
      sinceHop_ = 0;
      transform();
    }
  }

  bool ready() const noexcept { return transforms_ > 0; }

  void read(float* into) noexcept {
    decibels(power_, into);
    decibels(held_, into + bins_);
    findPeak(into[2 * bins_], into[2 * bins_ + 1]);
  }

 private:
  static constexpr float kFloorPower = 1e-20f;

  void transform() noexcept {
    const int tail = size_ - at_;
    for (int i = 0; i < tail; i++) re_[i] = ringLeft_[at_ + i] * window_[i], im_[i] = ringRight_[at_ + i] * window_[i];
    for (int i = tail; i < size_; i++)
      re_[i] = ringLeft_[i - tail] * window_[i], im_[i] = ringRight_[i - tail] * window_[i];
    fft_.forward(re_, im_);
    // A plain mean until there are as many transforms as the average looks back over.
    transforms_++;
    const float share = share_ * (float)transforms_ > 1.f ? share_ : 1.f / (float)transforms_;
    for (int k = 0; k < bins_; k++) {
      const float now = binPower(k) * fullScale_;
      // One number that is not finite must not stay for ever.
      const float before = power_[k] < 1e30f ? power_[k] : 0.f;
      power_[k] = before + share * (now - before);
      const float sunk = held_[k] * sink_;
      held_[k] = power_[k] > sunk ? power_[k] : sunk;
    }
  }

  /// Squared magnitude of the chosen channel in bin k: L = (X[k] + conj X[-k]) / 2, R = (X[k] - conj X[-k]) / 2i.
  float binPower(int k) const noexcept {
    const int m = (size_ - k) & (size_ - 1);
    const float lr = 0.5f * (re_[k] + re_[m]), li = 0.5f * (im_[k] - im_[m]);
    const float rr = 0.5f * (im_[k] + im_[m]), ri = 0.5f * (re_[m] - re_[k]);
    const auto power = [](float re, float im) { return re * re + im * im; };
    const float left = power(lr, li), right = power(rr, ri);
    switch (channel_) {
      case Channel::left:
        return left;
      case Channel::right:
        return right;
      case Channel::mid:
        return 0.25f * power(lr + rr, li + ri);
      case Channel::side:
        return 0.25f * power(lr - rr, li - ri);
      default:
        return left > right ? left : right;
    }
  }

  void decibels(const float* power, float* into) const noexcept {
    for (int k = 0; k < bins_; k += 4) {
      const f32x4 db = log2(max(load4(power + k), splat(kFloorPower))) * splat(3.01029995663981195f);
      for (int lane = 0; lane < 4 && k + lane < bins_; lane++) into[k + lane] = db[lane];
    }
    // A constant and half the sample rate have no mirror image: all of their power is in the one bin.
    for (int k : {0, bins_ - 1}) into[k] = into[k] - 6.02059991327962390f > kFloorDb ? into[k] - 6.0205999f : kFloorDb;
  }

  /// The highest local maximum; the window's own main lobe tells from its louder neighbour where between the bins the
  /// tone lies and what it lost there.
  void findPeak(float& hertz, float& db) const noexcept {
    int top = 0;
    for (int k = 1; k < bins_ - 1; k++)
      if (power_[k] > power_[k - 1] && power_[k] >= power_[k + 1] && (top == 0 || power_[k] > power_[top])) top = k;
    hertz = 0.f, db = kFloorDb;
    if (top == 0 || power_[top] <= kFloorPower) return;
    const bool above = power_[top + 1] > power_[top - 1];
    const double neighbour = power_[above ? top + 1 : top - 1];
    const double offset = shape_->offsetOf(std::sqrt(neighbour / power_[top]));
    hertz = (float)((top + (above ? offset : -offset)) * hertzPerBin_);
    db = (float)(10. * std::log10(power_[top]) - 20. * std::log10(shape_->lobe(offset)));
  }

  ComplexFft fft_;
  const CosineWindow* shape_ = nullptr;
  float *ringLeft_ = nullptr, *ringRight_ = nullptr, *re_ = nullptr, *im_ = nullptr, *window_ = nullptr;
  float* power_ = nullptr;  ///< averaged, 1 = full-scale sine
  float* held_ = nullptr;
  int size_ = 0, bins_ = 0, hop_ = 1, at_ = 0, seen_ = 0, sinceHop_ = 0;
  Channel channel_ = Channel::both;
  float hertzPerBin_ = 0.f, share_ = 1.f, sink_ = 1.f, fullScale_ = 1.f;
  int64_t transforms_ = 0;
};

}  // namespace sl
