// One level of a partitioned convolution: equal pieces of an impulse response, multiplied as spectra, the work of each
// block cut into even slots. Audio thread except prepare and setPartition.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "dsp/complex_fft.h"

namespace sl {

/// Overlap-save with a frequency-domain delay line (Wefers, "Partitioned Convolution Algorithms for Real-Time
/// Auralization", 2014, ch. 5). Left and right are the real and imaginary part of one complex transform. Spectra lie
/// in chunks of 8 bins, all partitions of a chunk one behind the other, so that the products read two plain streams and
/// sum in registers. Bin 0 holds 0 Hz in its real and half the sample rate in its imaginary part.
class ConvolutionLevel {
 public:
  static constexpr int kBins = 8;
  /// Routes of a response: 1 the same for both sides; 2 left to left, right to right; 4 also left to right, right to
  /// left (true stereo).
  /// `sloped`: a fade of the response falls steadily within a partition instead of in steps (half as much memory
  /// again).
  bool prepare(int block, int partitions, int routes, bool sloped, Arena& arena) {
    block_ = block;
    sloped_ = sloped;
    partitions_ = partitions;
    routes_ = routes;
    const std::size_t words = (std::size_t)partitions * (std::size_t)block;
    past_ = arena.take<float>(4 * words, 64);
    response_ = arena.take<float>(2 * words * (std::size_t)routes, 64);
    if (sloped) slope_ = arena.take<float>(2 * words * (std::size_t)routes, 64);
    for (Fade* fade : {&fade_, &nextFade_}) fade->gain = arena.take<float>((std::size_t)partitions + 1);
    energy_ = arena.take<float>((std::size_t)partitions);
    bool there = !sloped || slope_;
    for (Pair* pair : {&play_, &work_[0], &work_[1], &work_[2]}) {
      const std::size_t size = 2 * (std::size_t)block + 4;  // a vector across the end reads and writes one cell more
      *pair = {arena.take<float>(size, 64), arena.take<float>(size, 64)};
      there = there && pair->im;
    }
    return fft_.prepareTwiddles(2 * block, arena, ComplexFft::kMaxSize) && past_ && response_ && energy_ && there;
  }
  /// `taps[route]`: `block` taps of partition `p`. Control thread, after prepare.
  void setPartition(int p, const float* const* taps) noexcept {
    energy_[p] = 0.f;
    for (int route = 0; route < routes_; route++)
      for (int i = 0; i < block_; i++) energy_[p] += taps[route][i] * taps[route][i] * (routes_ > 1 ? 0.5f : 1.f);
    for (int route = 0; route < routes_; route += 2) {
      const float* second = taps[routes_ > 1 ? route + 1 : route];
      transform(taps[route], second, response_, p, route, [](int) { return 1.f; });
      if (sloped_) transform(taps[route], second, slope_, p, route, [&](int i) { return (float)i / (float)block_; });
    }
  }
  void reset() noexcept {
    std::memset(left(), 0, sizeof(float) * (std::size_t)block_);
    std::memset(right(), 0, sizeof(float) * (std::size_t)block_);
    head_ = filled_ = 0;
    fresh_ = true;
    running_ = blend_ = false;
  }

  int block() const noexcept { return block_; }
  int partitions() const noexcept { return partitions_; }
  /// What plays: `block` frames.
  float* left() const noexcept { return play_.re + block_; }
  float* right() const noexcept { return play_.im + block_; }

  /// A block came in: `left[0..1]`, `right[0..1]` are the one before and the new one, which stay until half the slots
  /// are done. `decayPerFrame`: natural logarithm of the fade that the response gets per frame (0: as it is), counted
  /// from `firstFrame`, the place of partition 0 in the response. `spare`: energy that the end of the response may hold
  /// and is left out (0: all of it is heard).
  void start(const float* const* left, const float* const* right, float decayPerFrame, int firstFrame,
             float spare) noexcept {
    for (int k = 0; k < 4; k++) {
      inLeft_[k] = left[k / 2] + (k & 1) * (block_ / 2);
      inRight_[k] = right[k / 2] + (k & 1) * (block_ / 2);
    }
    head_ = head_ == 0 ? partitions_ - 1 : head_ - 1;
    filled_ += filled_ < partitions_ ? 1 : 0;
    blend_ = !fresh_ && (decayPerFrame != decay_ || spare != spare_);
    if (fresh_ || blend_) {
      std::swap(fade_, nextFade_);
      nextFade_.reach = 0;
      for (int p = 0; p <= partitions_; p++) {
        const float at = (float)firstFrame + ((float)p + (sloped_ ? 0.f : 0.5f)) * (float)block_;
        nextFade_.gain[p] = std::exp(decayPerFrame * at);
        if (nextFade_.gain[p] > 1e-6f && p < partitions_) nextFade_.reach = p + 1;
      }
      nextFade_.kind = decayPerFrame == 0.f ? Kind::none : sloped_ ? Kind::slopes : Kind::steps;
      nextFade_.whole = nextFade_.reach;
      if (spare > 0.f) shorten(nextFade_, spare);
    }
    fresh_ = false;
    decay_ = decayPerFrame;
    spare_ = spare;
    const int turns = fft_.passes() * fft_.groups();
    phases_[0] = {turns, kTurnCost};
    phases_[1] = {chunks(), kUnpackCost + kProductCost * (float)(routes_ > 2 ? 2 : 1) *
                                              (float)(std::min(nextFade_.reach, filled_) +
                                                      (blend_ ? std::min(fade_.reach, filled_) : 0))};
    phases_[2] = {turns, kTurnCost};
    phases_[3] = {blend_ ? turns : 0, kTurnCost};
    phases_[4] = {blend_ ? chunks() : 0, kProductCost};
    total_ = 0.f;
    for (const Phase& f : phases_) total_ += (float)f.items * f.cost;
    phase_ = item_ = 0;
    spent_ = 0.f;
    running_ = true;
  }
  /// Does the share of `slot` of `slots`.
  void work(int slot, int slots) noexcept {
    if (!running_) return;
    const float goal = slot + 1 == slots ? 2.f * total_ : total_ * (float)(slot + 1) / (float)slots;
    while (phase_ < kPhases) {
      const Phase& f = phases_[phase_];
      const int rest = f.items - item_, wanted = (int)((goal - spent_) / f.cost + 0.5f);
      const int count = std::clamp(wanted, 0, rest);
      if (count > 0) run(item_, item_ + count);
      spent_ += (float)count * f.cost;
      item_ += count;
      if (item_ < f.items) return;
      phase_++;
      item_ = 0;
    }
  }
  /// What the last job made plays from now on.
  void publish() noexcept {
    if (!running_) return;
    std::swap(play_, work_[1]);
    running_ = false;
  }

 private:
  struct Pair {
    float* re;
    float* im;
  };
  struct Phase {
    int items;
    float cost;
  };
  enum class Kind { none, steps, slopes };
  /// Gain of every partition; of slopes at its beginning, the next one's is that of its end.
  struct Fade {
    float* gain;
    int reach;  ///< partitions that are heard
    int whole;  ///< the others are let go
    Kind kind;
  };
  static constexpr int kPhases = 5;
  /// Cycles, roughly: of four butterflies, of splitting and joining the spectra of 8 bins, of one partition's products
  /// there.
  static constexpr float kTurnCost = 34.f, kUnpackCost = 50.f, kProductCost = 18.f;

  int chunks() const noexcept { return block_ / kBins; }
  float* pastAt(int chunk, int slot) const noexcept { return past_ + (chunk * partitions_ + slot) * 4 * kBins; }
  int offsetOf(int chunk, int p) const noexcept { return (chunk * partitions_ + p) * routes_ * 2 * kBins; }

  /// Spectra of two routes' taps, each times `weight` of its place, scaled so that the products need no further factor.
  template <class Weight>
  void transform(const float* a, const float* b, float* into, int p, int route, Weight weight) noexcept {
    const int size = 2 * block_;
    const float scale = 0.25f / (float)size;
    for (int i = 0; i < size; i++) {
      const float w = i < block_ ? scale * weight(i) : 0.f;
      work_[0].re[i] = i < block_ ? a[i] * w : 0.f;
      work_[0].im[i] = i < block_ ? b[i] * w : 0.f;
    }
    for (int k = 0; k < fft_.passes(); k++) turn(k, work_[k & 1], work_[(k + 1) & 1], 0, fft_.groups());
    for (int c = 0; c < chunks(); c++) {
      float spectrum[4 * kBins];
      unpack(work_[fft_.passes() & 1], c, spectrum);
      for (float& v : spectrum) v = std::fabs(v) < 1e-20f ? 0.f : v;
      std::memcpy(into + offsetOf(c, p) + route * 2 * kBins, spectrum,
                  sizeof(float) * (std::size_t)((routes_ > 1 ? 4 : 2) * kBins));
    }
  }

  /// Lets the last partition go in which more is left than `spare`, and leaves out what follows it.
  void shorten(Fade& fade, float spare) const noexcept {
    int end = fade.reach;
    for (float rest = 0.f; end > 0; end--) {
      rest += energy_[end - 1] * fade.gain[end - 1] * fade.gain[end - 1];
      if (rest > spare) break;
    }
    if (end + 1 >= fade.reach) return;
    fade.whole = end;
    fade.reach = end + 1;
    fade.gain[end] *= sloped_ ? 1.f : 0.5f;
    fade.gain[end + 1] = 0.f;
  }

  void run(int from, int to) noexcept {
    switch (phase_) {
      case 0:
        return forward(from, to);
      case 1:
        return products(from, to);
      case 2:
        return inverse(from, to, (fft_.passes() + 1) & 1, 0, 1);
      case 3:
        return inverse(from, to, 0, 2, 0);
      default:
        return blend(from, to);
    }
  }
  void turn(int pass, const Pair& from, const Pair& to, int begin, int end) const noexcept {
    fft_.pass(pass, from.re, from.im, to.re, to.im, begin, end);
  }
  /// Items count the groups of all passes.
  template <class Each>
  void passes(int from, int to, Each each) const noexcept {
    const int groups = fft_.groups();
    while (from < to) {
      const int pass = from / groups, begin = from - pass * groups, end = std::min(groups, begin + to - from);
      each(pass, begin, end);
      from += end - begin;
    }
  }
  /// Pass k writes to work_[k & 1].
  void forward(int from, int to) noexcept {
    passes(from, to, [&](int k, int begin, int end) {
      if (k == 0) return fft_.firstPass(inLeft_, inRight_, work_[0].re, work_[0].im, begin, end);
      turn(k, work_[(k + 1) & 1], work_[k & 1], begin, end);
    });
  }
  /// Back and forth between two pairs: work_[even] holds the input of even passes. The inverse is the forward transform
  /// with its parts exchanged.
  void inverse(int from, int to, int first, int even, int odd) noexcept {
    passes(from, to, [&](int k, int begin, int end) {
      const bool turned = ((k + first) & 1) != 0;
      const Pair &source = work_[turned ? odd : even], &target = work_[turned ? even : odd];
      fft_.pass(k, source.im, source.re, target.im, target.re, begin, end);
    });
  }

  static f32x4 reversed(f32x4 v) { return __builtin_shufflevector(v, v, 3, 2, 1, 0); }
  /// Twice the spectra of the real and the imaginary part: left re, im, right re, im, 8 bins each.
  void unpack(const Pair& z, int chunk, float* out) const noexcept {
    const int size = 2 * block_;
    for (int j = 0; j < kBins; j += 4) {
      const int k = chunk * kBins + j, mirror = size - k - 3;
      const f32x4 re = load4(z.re + k), im = load4(z.im + k);
      const f32x4 otherRe = reversed(load4(z.re + mirror)), otherIm = reversed(load4(z.im + mirror));
      store4(out + j, re + otherRe);
      store4(out + kBins + j, im - otherIm);
      store4(out + 2 * kBins + j, im + otherIm);
      store4(out + 3 * kBins + j, otherRe - re);
    }
    if (chunk > 0) return;
    out[0] = 2.f * z.re[0];
    out[kBins] = 2.f * z.re[block_];
    out[2 * kBins] = 2.f * z.im[0];
    out[3 * kBins] = 2.f * z.im[block_];
  }
  void pack(const Pair& z, int chunk, const f32x4* sum, const float* edge) const noexcept {
    const int size = 2 * block_;
    for (int j = 0; j < kBins; j += 4) {
      const int k = chunk * kBins + j, mirror = size - k - 3, v = j / 4;
      const f32x4 leftRe = sum[v], leftIm = sum[2 + v], rightRe = sum[4 + v], rightIm = sum[6 + v];
      store4(z.re + k, leftRe - rightIm);
      store4(z.im + k, leftIm + rightRe);
      store4(z.re + mirror, reversed(leftRe + rightIm));
      store4(z.im + mirror, reversed(rightRe - leftIm));
    }
    if (chunk > 0) return;
    z.re[0] = edge[0];
    z.re[block_] = edge[1];
    z.im[0] = edge[2];
    z.im[block_] = edge[3];
  }

  void products(int from, int to) noexcept {
    const Pair& z = work_[(fft_.passes() + 1) & 1];
    for (int c = from; c < to; c++) {
      unpack(z, c, pastAt(c, head_));
      if (blend_) {
        joined(work_[2], c, nextFade_);
        joined(z, c, fade_);
      } else {
        joined(z, c, nextFade_);
      }
    }
  }
  /// The products of one chunk over all partitions, as one complex spectrum.
  void joined(const Pair& z, int chunk, const Fade& fade) noexcept {
    f32x4 sum[8] = {};
    float edge[4] = {};
    const int count = std::min(fade.reach, filled_), whole = std::min(fade.whole, count);
    const auto part = [&](Kind kind, int p, int end) {
      while (p < end) {
        const int slot = (head_ + p) % partitions_, n = std::min(end - p, partitions_ - slot);
        const Source from{pastAt(chunk, slot), response_ + offsetOf(chunk, p),
                          kind == Kind::slopes ? slope_ + offsetOf(chunk, p) : nullptr, fade.gain + p, n};
        if (kind == Kind::none) addRoutes<Kind::none>(sum, edge, from, chunk == 0);
        if (kind == Kind::steps) addRoutes<Kind::steps>(sum, edge, from, chunk == 0);
        if (kind == Kind::slopes) addRoutes<Kind::slopes>(sum, edge, from, chunk == 0);
        p += n;
      }
    };
    part(fade.kind, 0, whole);
    part(sloped_ ? Kind::slopes : Kind::steps, whole, count);
    pack(z, chunk, sum, edge);
  }
  struct Source {
    const float *past, *response, *slope, *gain;
    int count;
  };
  template <Kind kind>
  void addRoutes(f32x4* sum, float* edge, const Source& from, bool edges) const noexcept {
    if (routes_ == 1) add<1, kind>(sum, from);
    if (routes_ == 2) add<2, kind>(sum, from);
    if (routes_ == 4) add<4, kind>(sum, from);
    if (edges) addEdges<kind>(edge, from);
  }
  template <int routes, Kind kind>
  static void add(f32x4* into, const Source& from) noexcept {
    f32x4 sum[8];
    for (int v = 0; v < 8; v++) sum[v] = into[v];
    const float *x = from.past, *h = from.response, *slope = from.slope;
    for (int p = 0; p < from.count; p++, x += 4 * kBins, h += routes * 2 * kBins) {
      f32x4 gain, fall;
      if constexpr (kind != Kind::none) gain = splat(from.gain[p]);
      if constexpr (kind == Kind::slopes) fall = splat(from.gain[p + 1] - from.gain[p]);
      const auto product = [&](int out, f32x4 re, f32x4 im, int at) {
        f32x4 hr = load4(h + at), hi = load4(h + at + kBins);
        if constexpr (kind != Kind::none) hr *= gain, hi *= gain;
        if constexpr (kind == Kind::slopes) hr += fall * load4(slope + at), hi += fall * load4(slope + at + kBins);
        sum[out] += re * hr - im * hi;
        sum[out + 2] += re * hi + im * hr;
      };
      for (int v = 0; v < 2; v++) {
        const f32x4 leftRe = load4(x + 4 * v), leftIm = load4(x + kBins + 4 * v);
        const f32x4 rightRe = load4(x + 2 * kBins + 4 * v), rightIm = load4(x + 3 * kBins + 4 * v);
        product(v, leftRe, leftIm, 4 * v);
        product(4 + v, rightRe, rightIm, (routes > 1 ? 2 * kBins : 0) + 4 * v);
        if constexpr (routes == 4) {
          product(4 + v, leftRe, leftIm, 4 * kBins + 4 * v);
          product(v, rightRe, rightIm, 6 * kBins + 4 * v);
        }
      }
      if constexpr (kind == Kind::slopes) slope += routes * 2 * kBins;
    }
    for (int v = 0; v < 8; v++) into[v] = sum[v];
  }
  /// Bin 0: two real products, 0 Hz and half the sample rate.
  template <Kind kind>
  void addEdges(float* edge, const Source& from) const noexcept {
    const int width = routes_ * 2 * kBins;
    for (int p = 0; p < from.count; p++) {
      const float* x = from.past + p * 4 * kBins;
      const auto tap = [&](int at) {
        float h = from.response[p * width + at];
        if constexpr (kind != Kind::none) h *= from.gain[p];
        if constexpr (kind == Kind::slopes) h += (from.gain[p + 1] - from.gain[p]) * from.slope[p * width + at];
        return h;
      };
      for (int part = 0; part < 2; part++) {
        const float left = x[part * kBins], right = x[(2 + part) * kBins];
        edge[part] += left * tap(part * kBins);
        edge[2 + part] += right * tap((routes_ > 1 ? 2 + part : part) * kBins);
        if (routes_ < 4) continue;
        edge[2 + part] += left * tap((4 + part) * kBins);
        edge[part] += right * tap((6 + part) * kBins);
      }
    }
  }
  /// From the response as it was to the one that it is now, over the block.
  void blend(int from, int to) noexcept {
    const Pair& next = work_[fft_.passes() & 1 ? 0 : 2];
    for (int i = from * kBins; i < to * kBins; i++) {
      const float share = ((float)i + 0.5f) / (float)block_;
      const int k = block_ + i;
      work_[1].re[k] += (next.re[k] - work_[1].re[k]) * share;
      work_[1].im[k] += (next.im[k] - work_[1].im[k]) * share;
    }
  }

  ComplexFft fft_;
  int block_ = 0, partitions_ = 0, routes_ = 2;
  float *past_ = nullptr, *response_ = nullptr;
  float* slope_ = nullptr;  ///< the response times the place in its partition, 0..1
  bool sloped_ = false;
  Fade fade_{}, nextFade_{};  ///< before and after the last change
  float* energy_ = nullptr;   ///< of every partition
  float decay_ = 0.f, spare_ = 0.f;
  Pair play_{}, work_[3]{};
  const float *inLeft_[4] = {}, *inRight_[4] = {};
  Phase phases_[kPhases] = {};
  int phase_ = 0, item_ = 0;
  float total_ = 0.f, spent_ = 0.f;
  int head_ = 0, filled_ = 0;
  bool running_ = false, blend_ = false, fresh_ = true;
};

}  // namespace sl
