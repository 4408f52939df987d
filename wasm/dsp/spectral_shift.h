// Pitch shifting of a stereo signal in its short-time spectrum, the work spread evenly over time. Audio thread except
// prepare.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "core/denormal.h"
#include "dsp/complex_fft.h"

namespace sl {

/// Laroche and Dolson 1999 (New phase-vocoder techniques for pitch-shifting): every peak of the spectrum moves with its
/// region to its new frequency, by whole bins; the phase between frames makes the frequency exact, all bins of a region
/// turn alike (identity phase locking). Frames of 43 ms, eight on top of each other, Hann in and out. Left and right
/// are the real and imaginary part of one transform and share peaks and turns, so that the image stays. Time is not
/// stretched: an attack stays where it is, once the turns of the peaks that it raises are set to the phases that an
/// attack at its place has (after Röbel 2003).
class SpectralShift {
 public:
  static constexpr int kOverlap = 8;

  bool prepare(float sampleRate, Arena& arena) {
    size_ = sampleRate > 64000.f ? 4096 : 2048;
    hop_ = size_ / kOverlap;
    bins_ = size_ / 2 + 1;
    const std::size_t n = (std::size_t)size_, b = (std::size_t)bins_;
    const bool transform = fft_.prepareTwiddles(size_, arena);
    window_ = arena.take<float>(n);
    for (auto* ring : {in_, out_})
      for (int s = 0; s < 2; s++) ring[s] = arena.take<float>(2 * n);
    for (Spectrum& s : spectra_) s = {arena.take<float>(n), arena.take<float>(n)};
    for (auto* pair : {power_, turn_})
      for (int k = 0; k < 2; k++) pair[k] = arena.take<float>(b);
    envelope_ = arena.take<float>(b);
    peaks_ = arena.take<Peak>(b / 2);
    if (!transform || !peaks_) return false;
    for (int i = 0; i < size_; i++) window_[i] = (float)(0.5 - 0.5 * std::cos(2. * M_PI * i / size_));
    for (int i = 0; i <= kLossSteps; i++) {
      double sum = 0.;
      for (int k = 0; k < size_; k++)
        sum += (double)window_[k] * window_[k] * std::cos(2. * M_PI * 0.5 * i / kLossSteps * (k - size_ / 2) / size_);
      restore_[i] = (float)(0.375 * size_ / sum);
    }
    return true;
  }
  void reset() noexcept {
    const std::size_t n = sizeof(float) * (std::size_t)size_, b = sizeof(float) * (std::size_t)bins_;
    for (auto* ring : {in_, out_})
      for (int s = 0; s < 2; s++) std::memset(ring[s], 0, 2 * n);
    for (Spectrum& s : spectra_) std::memset(s.re, 0, n), std::memset(s.im, 0, n);
    for (auto* pair : {power_, turn_})
      for (int k = 0; k < 2; k++) std::memset(pair[k], 0, b);
    std::memset(envelope_, 0, b);
    std::memset(peaks_, 0, sizeof(Peak) * (std::size_t)(bins_ / 2));
    at_ = 0;
    piece_ = kPieces * stages();
    spectrum_ = 0;
    now_ = count_ = 0;
    last_ = sum_ = slow_ = most_ = 0.f;
    mostAt_ = 0;
    onset_ = kNever;
  }
  int latencyFrames() const noexcept { return size_ + hop_; }
  int tailFrames() const noexcept { return size_ + hop_; }

  /// In place. `ratio` of the frequencies; `formant`: how much of the spectral envelope stays where it was, 0..1. Both
  /// are read where a frame begins.
  void process(float* left, float* right, int frames, float ratio, float formant) noexcept {
    for (int done = 0; done < frames;) {
      const int inHop = (int)(at_ % hop_), n = std::min(frames - done, hop_ - inHop), mask = 2 * size_ - 1;
      for (int i = 0; i < n; i++) {
        const int to = (int)((at_ + i) & mask), from = (int)((at_ + i - latencyFrames()) & mask);
        const float l = flush(left[done + i]), r = flush(right[done + i]);
        in_[0][to] = l;
        in_[1][to] = r;
        listen(l + r, at_ + i);
        left[done + i] = out_[0][from];
        right[done + i] = out_[1][from];
        out_[0][from] = out_[1][from] = 0.f;
      }
      at_ += n;
      done += n;
      // Evenly: by the end of the hop the frame of the last hop is done.
      const int goal = (inHop + n) * kPieces * stages() / hop_;
      while (piece_ < goal) work(piece_ / kPieces, piece_ % kPieces), piece_++;
      if (inHop + n == hop_) begin(ratio, formant);
    }
  }

 private:
  static constexpr int kPieces = 16, kLossSteps = 32;
  static constexpr int64_t kNever = -(1ll << 40);
  static constexpr float kRise = 2.f;       ///< power of a peak against the frame before: it is new
  static constexpr float kSilent = 1e-16f;  ///< power of a peak that is not worth moving
  static constexpr int kBesides = 10;       ///< stages that are not of a transform

  struct Spectrum {
    float *re, *im;
  };
  struct Peak {
    int bin, begin, end;  ///< its region: begin <= bin < end
    int shift;            ///< in bins
    float re, im;         ///< what the region is multiplied by
  };

  int stages() const noexcept { return kBesides + 2 * fft_.passes(); }
  void begin(float ratio, float formant) noexcept {
    ratio_ = ratio;
    formant_ = formant;
    end_ = at_;
    piece_ = 0;
    count_ = 0;
    now_ ^= 1;
  }
  int64_t from(int piece, int64_t of) const noexcept { return of * piece / kPieces; }

  void work(int stage, int piece) noexcept {
    const int passes = fft_.passes();
    if (stage == 0) return cut(piece);
    if (stage <= passes) return pass(stage - 1, piece, false);
    switch (stage - passes) {
      case 1:
        return measure(piece);
      case 2:
        return findPeaks(piece);
      case 3:
        return bridge(piece);
      case 4:
        return smooth(piece, true);
      case 5:
        return smooth(piece, false);
      case 6:
        return turn(piece);
      case 7:
        return clear(piece);
      case 8:
        return move(piece);
      default:
        break;
    }
    const int index = stage - passes - 9;
    index < passes ? pass(index, piece, true) : add(piece);
  }

  /// Of three spectra one is the frame before, the others take turns in a transform.
  Spectrum& at(int index) noexcept { return spectra_[index % 3]; }
  /// Where the transform leaves the frame, the other one, and the frame before.
  Spectrum& here() noexcept { return at(spectrum_ + fft_.passes() % 2); }
  Spectrum& spare() noexcept { return at(spectrum_ + 1 - fft_.passes() % 2); }
  Spectrum& before() noexcept { return at(spectrum_ + 2); }

  void cut(int piece) noexcept {
    Spectrum& to = at(spectrum_);
    const int mask = 2 * size_ - 1;
    for (int i = (int)from(piece, size_); i < (int)from(piece + 1, size_); i++) {
      const int k = (int)((end_ - size_ + i) & mask);
      to.re[i] = in_[0][k] * window_[i];
      to.im[i] = in_[1][k] * window_[i];
    }
  }
  void pass(int index, int piece, bool inverse) noexcept {
    const int groups = fft_.groups(), begin = (int)from(piece, groups), end = (int)from(piece + 1, groups);
    Spectrum* a = inverse ? &spare() : &at(spectrum_);
    Spectrum* b = inverse ? &before() : &at(spectrum_ + 1);
    if (index % 2) std::swap(a, b);
    if (inverse)
      fft_.pass(index, a->im, a->re, b->im, b->re, begin, end);
    else
      fft_.pass(index, a->re, a->im, b->re, b->im, begin, end);
  }
  int mirror(int bin) const noexcept { return (size_ - bin) & (size_ - 1); }
  void measure(int piece) noexcept {
    const Spectrum& x = here();
    for (int k = (int)from(piece, bins_); k < (int)from(piece + 1, bins_); k++) {
      const int m = mirror(k);
      power_[now_][k] = x.re[k] * x.re[k] + x.im[k] * x.im[k] + x.re[m] * x.re[m] + x.im[m] * x.im[m];
    }
  }
  void findPeaks(int piece) noexcept {
    const float* p = power_[now_];
    const auto near = [&](int k) { return p[k < 0 ? -k : k >= bins_ ? 2 * (bins_ - 1) - k : k]; };
    for (int k = (int)from(piece, bins_); k < (int)from(piece + 1, bins_); k++) {
      if (!(p[k] > kSilent) || p[k] < near(k - 1) || p[k] <= near(k + 1) || p[k] < near(k - 2) || p[k] <= near(k + 2))
        continue;
      int border = 0;
      if (count_ > 0) {
        border = peaks_[count_ - 1].bin + 1;
        for (int j = border + 1; j < k; j++)
          if (p[j] < p[border]) border = j;
        peaks_[count_ - 1].end = border;
      }
      if (count_ < bins_ / 2) peaks_[count_++] = {.bin = k, .begin = border, .end = bins_};
    }
  }
  /// The envelope in octaves of power: straight lines between the peaks that no louder one is near.
  void bridge(int piece) noexcept {
    if (formant_ == 0.f) return;
    for (int i = (int)from(piece, count_); i < (int)from(piece + 1, count_); i++) {
      const int reach = 3 * size_ / 2048;
      const auto leads = [&](int j) {
        const Peak& peak = peaks_[j];
        for (int side = -1; side <= 1; side += 2)
          for (int o = j + side; o >= 0 && o < count_ && std::abs(peaks_[o].bin - peak.bin) <= reach; o += side)
            if (power_[now_][peaks_[o].bin] > power_[now_][peak.bin]) return false;
        return true;
      };
      if (!leads(i)) continue;
      int next = i + 1;
      while (next < count_ && !leads(next)) next++;
      int previous = i - 1;
      while (previous >= 0 && !leads(previous)) previous--;
      const int begin = previous < 0 ? 0 : peaks_[i].bin, end = next < count_ ? peaks_[next].bin : bins_;
      const float a = std::log2(power_[now_][peaks_[i].bin]);
      const float b = next < count_ ? std::log2(power_[now_][peaks_[next].bin]) : a;
      for (int k = begin; k < end; k++) {
        const float t = (float)(k - peaks_[i].bin) / (float)(end - peaks_[i].bin);
        envelope_[k] = t <= 0.f ? a : a + (b - a) * t;
      }
    }
  }
  void smooth(int piece, bool up) noexcept {
    if (formant_ == 0.f || count_ == 0) return;
    const float share = 0.5f * 2048.f / (float)size_;
    for (int i = (int)from(piece, bins_); i < (int)from(piece + 1, bins_); i++) {
      if (i == 0) continue;
      const int k = up ? i : bins_ - 1 - i, last = up ? k - 1 : k + 1;
      envelope_[k] = envelope_[last] + (envelope_[k] - envelope_[last]) * share;
    }
  }
  void turn(int piece) noexcept {
    const Spectrum &x = here(), &y = before();
    const float* p = power_[now_];
    const float* old = power_[now_ ^ 1];
    const float perBin = 2.f * (float)M_PI / kOverlap;  // turn of one bin's frequency in a hop
    const float late = (float)(onset_ - (end_ - size_ / 2));
    const bool attacked = std::fabs(late) < 0.5f * (float)size_;
    for (int i = (int)from(piece, count_); i < (int)from(piece + 1, count_); i++) {
      Peak& peak = peaks_[i];
      float re = 0.f, im = 0.f;
      for (int k = std::max(peak.bin - 1, 0); k <= std::min(peak.bin + 1, bins_ - 1); k++) {
        const int m = mirror(k);
        re += x.re[k] * y.re[k] + x.im[k] * y.im[k] + x.re[m] * y.re[m] + x.im[m] * y.im[m];
        im += x.im[k] * y.re[k] - x.re[k] * y.im[k] + x.re[m] * y.im[m] - x.im[m] * y.re[m];
      }
      // The frequency from the turn since the frame before; where there was nothing, from the shape of the peak.
      float off = wrapped(std::atan2(im, re) - perBin * (float)(peak.bin % kOverlap)) / perBin;
      if (!(std::fabs(off) < 1.f)) {
        const float a = std::log2(p[std::max(peak.bin - 1, 0)] + 1e-30f), c = std::log2(p[peak.bin] + 1e-30f);
        const float b = std::log2(p[std::min(peak.bin + 1, bins_ - 1)] + 1e-30f);
        off = a - 2.f * c + b < 0.f ? 0.5f * (a - b) / (a - 2.f * c + b) : 0.f;
      }
      const float delta = peak.bin == 0 ? 0.f : ((float)peak.bin + off) * (ratio_ - 1.f);
      if (!(std::fabs(delta) < (float)(2 * size_))) {
        peak.shift = bins_;
        continue;
      }
      peak.shift = (int)std::lround(delta);
      const int to = peak.bin + peak.shift;
      float angle = turn_[now_ ^ 1][peak.bin] + delta * perBin;
      const float grown =
          std::max(old[peak.bin], std::max(old[std::max(peak.bin - 1, 0)], old[std::min(peak.bin + 1, bins_ - 1)]));
      if (attacked && p[peak.bin] > kRise * grown) angle = -delta * late * (2.f * (float)M_PI / (float)size_);
      angle = ratio_ == 1.f ? 0.f : wrapped(angle);
      const float part = std::fabs(delta - (float)peak.shift) * 2.f * kLossSteps;
      const int step = std::min((int)part, kLossSteps - 1);
      float gain = restore_[step] + (restore_[step + 1] - restore_[step]) * (part - (float)step);
      if (formant_ > 0.f && to >= 0 && to < bins_) {
        const float octaves = 0.5f * formant_ * (envelope_[to] - envelope_[peak.bin]);
        gain *= std::exp2(std::fmin(std::fmax(octaves, -10.f), 6.f));
      }
      if (peak.shift & 1) gain = -gain;
      peak.re = gain * std::cos(angle);
      peak.im = gain * std::sin(angle);
      for (int k = peak.begin; k < peak.end; k++) turn_[now_][k] = angle;
    }
    if (count_ == 0)
      for (int k = (int)from(piece, bins_); k < (int)from(piece + 1, bins_); k++) turn_[now_][k] = 0.f;
  }
  void clear(int piece) noexcept {
    Spectrum& y = spare();
    const std::size_t begin = (std::size_t)from(piece, size_), n = (std::size_t)from(piece + 1, size_) - begin;
    std::memset(y.re + begin, 0, sizeof(float) * n);
    std::memset(y.im + begin, 0, sizeof(float) * n);
  }
  void move(int piece) noexcept {
    const Spectrum& x = here();
    Spectrum& y = spare();
    for (int i = (int)from(piece, count_); i < (int)from(piece + 1, count_); i++) {
      const Peak& peak = peaks_[i];
      const int begin = std::max(peak.begin, -peak.shift), end = std::min(peak.end, bins_ - peak.shift);
      for (int k = begin; k < end; k++) {
        const int to = k + peak.shift, m = mirror(k), toM = mirror(to);
        if (m == k && toM == to) {  // a real line of either side stays real
          y.re[to] += x.re[k] * peak.re;
          y.im[to] += x.im[k] * peak.re;
          continue;
        }
        y.re[to] += x.re[k] * peak.re - x.im[k] * peak.im;
        y.im[to] += x.re[k] * peak.im + x.im[k] * peak.re;
        y.re[toM] += x.re[m] * peak.re + x.im[m] * peak.im;
        y.im[toM] += x.im[m] * peak.re - x.re[m] * peak.im;
      }
    }
  }
  void add(int piece) noexcept {
    const Spectrum& y = fft_.passes() % 2 ? before() : spare();
    const int mask = 2 * size_ - 1;
    const float scale = 1.f / (0.375f * kOverlap * (float)size_);
    for (int i = (int)from(piece, size_); i < (int)from(piece + 1, size_); i++) {
      const int k = (int)((end_ - size_ + i) & mask);
      out_[0][k] += y.re[i] * window_[i] * scale;
      out_[1][k] += y.im[i] * window_[i] * scale;
    }
    // The frame becomes the one before: it must be two places behind the next one's first.
    if (piece == kPieces - 1) spectrum_ = (spectrum_ + fft_.passes() % 2 + 1) % 3;
  }
  /// Attacks: a block of 32 frames with ten times the energy of what came before, in the first difference.
  void listen(float x, int64_t frame) noexcept {
    const float d = (x - last_) * (x - last_);
    last_ = x;
    sum_ += d;
    if (d > most_) most_ = d, mostAt_ = frame;
    if (frame % 32 != 31) return;
    if (sum_ > 10.f * slow_ + 1e-7f && frame - onset_ > size_ / 2) onset_ = mostAt_;
    slow_ = flush(slow_ + (sum_ - slow_) * 0.06f);
    sum_ = most_ = 0.f;
  }
  static float wrapped(float angle) noexcept {
    constexpr float kTurn = 2.f * (float)M_PI;
    return angle - kTurn * std::floor(angle / kTurn + 0.5f);
  }

  ComplexFft fft_;
  int size_ = 2048, hop_ = 256, bins_ = 1025;
  float* window_ = nullptr;
  float *in_[2] = {}, *out_[2] = {};  ///< rings of two frames
  Spectrum spectra_[3] = {};
  float *power_[2] = {}, *turn_[2] = {};  ///< of this frame and the one before, in turn
  float* envelope_ = nullptr;
  Peak* peaks_ = nullptr;
  float restore_[kLossSteps + 1] = {};  ///< against what a shift by whole bins loses
  int64_t at_ = 0, end_ = 0;            ///< frames so far; the end of the frame in work
  int piece_ = 0, spectrum_ = 0, now_ = 0, count_ = 0;
  float ratio_ = 1.f, formant_ = 0.f;
  float last_ = 0.f, sum_ = 0.f, slow_ = 0.f, most_ = 0.f;
  int64_t mostAt_ = 0, onset_ = kNever;
};

}  // namespace sl
