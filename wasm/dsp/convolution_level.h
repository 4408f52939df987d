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
  bool prepare(int block, int partitions, int routes, Arena& arena) {
    block_ = block;
    partitions_ = partitions;
    routes_ = routes;
    const std::size_t words = (std::size_t)partitions * (std::size_t)block;
    past_ = arena.take<float>(4 * words, 64);
    response_ = arena.take<float>(2 * words * (std::size_t)routes, 64);
    gains_ = arena.take<float>((std::size_t)partitions);
    nextGains_ = arena.take<float>((std::size_t)partitions);
    bool there = true;
    for (Pair* pair : {&play_, &work_[0], &work_[1], &work_[2]}) {
      const std::size_t size = 2 * (std::size_t)block + 4;  // a vector across the end reads and writes one cell more
      *pair = {arena.take<float>(size, 64), arena.take<float>(size, 64)};
      there = there && pair->im;
    }
    return fft_.prepareTwiddles(2 * block, arena, ComplexFft::kMaxSize) && past_ && response_ && nextGains_ && there;
  }
  /// `taps[route]`: `block` taps of partition `p`. Control thread, after prepare.
  void setPartition(int p, const float* const* taps) noexcept {
    const int size = 2 * block_;
    const float scale = 0.25f / (float)size;
    for (int route = 0; route < routes_; route += 2) {
      const float* second = taps[routes_ > 1 ? route + 1 : route];
      for (int i = 0; i < size; i++) {
        work_[0].re[i] = i < block_ ? taps[route][i] * scale : 0.f;
        work_[0].im[i] = i < block_ ? second[i] * scale : 0.f;
      }
      for (int k = 0; k < fft_.passes(); k++) turn(k, work_[k & 1], work_[(k + 1) & 1], 0, fft_.groups());
      const Pair& z = work_[fft_.passes() & 1];
      for (int c = 0; c < chunks(); c++) {
        float spectrum[4 * kBins];
        unpack(z, c, spectrum);
        for (float& v : spectrum) v = std::fabs(v) < 1e-20f ? 0.f : v;
        std::memcpy(responseAt(c, p) + route * 2 * kBins, spectrum,
                    sizeof(float) * (std::size_t)((routes_ > 1 ? 4 : 2) * kBins));
      }
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
  /// from `firstFrame`, the place of partition 0 in the response.
  void start(const float* const* left, const float* const* right, float decayPerFrame, int firstFrame) noexcept {
    for (int k = 0; k < 4; k++) {
      inLeft_[k] = left[k / 2] + (k & 1) * (block_ / 2);
      inRight_[k] = right[k / 2] + (k & 1) * (block_ / 2);
    }
    head_ = head_ == 0 ? partitions_ - 1 : head_ - 1;
    filled_ += filled_ < partitions_ ? 1 : 0;
    blend_ = !fresh_ && decayPerFrame != decay_;
    if (fresh_ || blend_) {
      std::swap(gains_, nextGains_);
      std::swap(reach_, nextReach_);
      std::swap(gained_, nextGained_);
      nextReach_ = 0;
      for (int p = 0; p < partitions_; p++) {
        nextGains_[p] = std::exp(decayPerFrame * ((float)firstFrame + ((float)p + 0.5f) * (float)block_));
        if (nextGains_[p] > 1e-6f) nextReach_ = p + 1;
      }
      nextGained_ = decayPerFrame != 0.f;
    }
    fresh_ = false;
    decay_ = decayPerFrame;
    const int turns = fft_.passes() * fft_.groups();
    phases_[0] = {turns, kTurnCost};
    phases_[1] = {chunks(), kUnpackCost + kProductCost * (float)(routes_ > 2 ? 2 : 1) *
                                              (float)(std::min(nextReach_, filled_) +
                                                      (blend_ ? std::min(reach_, filled_) : 0))};
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
  static constexpr int kPhases = 5;
  /// Cycles, roughly: of four butterflies, of splitting and joining the spectra of 8 bins, of one partition's products
  /// there.
  static constexpr float kTurnCost = 34.f, kUnpackCost = 50.f, kProductCost = 18.f;

  int chunks() const noexcept { return block_ / kBins; }
  float* pastAt(int chunk, int slot) const noexcept { return past_ + (chunk * partitions_ + slot) * 4 * kBins; }
  float* responseAt(int chunk, int p) const noexcept {
    return response_ + (chunk * partitions_ + p) * routes_ * 2 * kBins;
  }

  void run(int from, int to) noexcept {
    switch (phase_) {
      case 0: return forward(from, to);
      case 1: return products(from, to);
      case 2: return inverse(from, to, (fft_.passes() + 1) & 1, 0, 1);
      case 3: return inverse(from, to, 0, 2, 0);
      default: return blend(from, to);
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
        joined(work_[2], c, nextGains_, nextReach_, nextGained_);
        joined(z, c, gains_, reach_, gained_);
      } else {
        joined(z, c, nextGains_, nextReach_, nextGained_);
      }
    }
  }
  /// The products of one chunk over all partitions, as one complex spectrum.
  void joined(const Pair& z, int chunk, const float* gains, int reach, bool gained) noexcept {
    f32x4 sum[8] = {};
    float edge[4] = {};
    const int count = std::min(reach, filled_), first = std::min(count, partitions_ - head_);
    const auto part = [&](int p, int slot, int n) {
      const float *x = pastAt(chunk, slot), *h = responseAt(chunk, p), *g = gains + p;
      if (gained)
        routes_ == 1 ? add<1, true>(sum, x, h, g, n) : routes_ == 2 ? add<2, true>(sum, x, h, g, n)
                                                                    : add<4, true>(sum, x, h, g, n);
      else
        routes_ == 1 ? add<1, false>(sum, x, h, g, n) : routes_ == 2 ? add<2, false>(sum, x, h, g, n)
                                                                     : add<4, false>(sum, x, h, g, n);
      if (chunk == 0) addEdges(edge, x, h, gained ? g : nullptr, n);
    };
    part(0, head_, first);
    if (count > first) part(first, 0, count - first);
    pack(z, chunk, sum, edge);
  }
  template <int routes, bool gained>
  static void add(f32x4* into, const float* x, const float* h, const float* gains, int count) noexcept {
    f32x4 sum[8];
    for (int v = 0; v < 8; v++) sum[v] = into[v];
    const auto product = [&](int out, f32x4 re, f32x4 im, const float* at) {
      const f32x4 hr = load4(at), hi = load4(at + kBins);
      sum[out] += re * hr - im * hi;
      sum[out + 2] += re * hi + im * hr;
    };
    for (int p = 0; p < count; p++, x += 4 * kBins, h += routes * 2 * kBins) {
      for (int v = 0; v < 2; v++) {
        f32x4 leftRe = load4(x + 4 * v), leftIm = load4(x + kBins + 4 * v);
        f32x4 rightRe = load4(x + 2 * kBins + 4 * v), rightIm = load4(x + 3 * kBins + 4 * v);
        if constexpr (gained) {
          const f32x4 g = splat(gains[p]);
          leftRe *= g, leftIm *= g, rightRe *= g, rightIm *= g;
        }
        product(v, leftRe, leftIm, h + 4 * v);
        product(4 + v, rightRe, rightIm, h + (routes > 1 ? 2 * kBins : 0) + 4 * v);
        if constexpr (routes == 4) {
          product(4 + v, leftRe, leftIm, h + 4 * kBins + 4 * v);
          product(v, rightRe, rightIm, h + 6 * kBins + 4 * v);
        }
      }
    }
    for (int v = 0; v < 8; v++) into[v] = sum[v];
  }
  /// Bin 0: two real products, 0 Hz and half the sample rate.
  void addEdges(float* edge, const float* x, const float* h, const float* gains, int count) const noexcept {
    for (int p = 0; p < count; p++, x += 4 * kBins, h += routes_ * 2 * kBins) {
      const float g = gains ? gains[p] : 1.f;
      const float* second = h + (routes_ > 1 ? 2 * kBins : 0);
      for (int part = 0; part < 2; part++) {
        const float left = g * x[part * kBins], right = g * x[(2 + part) * kBins];
        edge[part] += left * h[part * kBins];
        edge[2 + part] += right * second[part * kBins];
        if (routes_ < 4) continue;
        edge[2 + part] += left * h[(4 + part) * kBins];
        edge[part] += right * h[(6 + part) * kBins];
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
  float *gains_ = nullptr, *nextGains_ = nullptr;  ///< per partition, before and after the last change
  int reach_ = 0, nextReach_ = 0;                  ///< partitions that are heard
  bool gained_ = false, nextGained_ = false;
  float decay_ = 0.f;
  Pair play_{}, work_[3]{};
  const float *inLeft_[4] = {}, *inRight_[4] = {};
  Phase phases_[kPhases] = {};
  int phase_ = 0, item_ = 0;
  float total_ = 0.f, spent_ = 0.f;
  int head_ = 0, filled_ = 0;
  bool running_ = false, blend_ = false, fresh_ = true;
};

}  // namespace sl
