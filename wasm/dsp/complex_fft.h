// Forward and inverse FFT of complex f32 data, four lanes at a time: Stockham, radix 4. Any thread; memory from
// prepare.
#pragma once
#include <cmath>
#include <cstring>
#include <type_traits>
#include <utility>

#include "core/arena.h"
#include "core/simd.h"

namespace sl {

/// 64..65536 points, a power of two. Real and imaginary parts are separate arrays; the order is natural, nothing is
/// scaled: inverse(forward(x)) = size * x, with less than -135 dB of rounding noise.
/// Stockham's self-sorting form (Van Loan, Computational Frameworks for the FFT, 1992, 1.7): the inner loop always runs
/// over neighbours, so that it needs no bit reversal and no gather.
class ComplexFft {
 public:
  static constexpr int kMinSize = 64, kMaxSize = 65536;
  /// Above, the roundings of single-precision products add up to more than the promised noise (-130 dB at 16384).
  static constexpr int kMostSingle = 4096;

  /// False: memory is missing, or `size` is not one that this transforms. `mostSingle`: largest size whose products
  /// are in single precision.
  bool prepare(int size, Arena& arena, int mostSingle = kMostSingle) {
    if (!prepareTwiddles(size, arena, mostSingle)) return false;
    scratchRe_ = arena.take<float>((std::size_t)size);
    scratchIm_ = arena.take<float>((std::size_t)size);
    return scratchIm_ || arena.measuring();
  }
  /// For `pass` alone, which needs no scratch.
  bool prepareTwiddles(int size, Arena& arena, int mostSingle = kMostSingle) {
    if (size < kMinSize || size > kMaxSize || (size & (size - 1))) return false;
    size_ = size;
    wide_ = size > mostSingle;
    const std::size_t quarter = (std::size_t)size / 4;
    for (int power = 1; power <= 3; power++) {
      if (wide_)
        fill(wideTwiddles_[power - 1], quarter, power, arena);
      else
        fill(twiddles_[power - 1], quarter, power, arena);
    }
    return (wide_ ? (bool)wideTwiddles_[2].im : (bool)twiddles_[2].im) || arena.measuring();
  }

  /// X[k] = sum over n of x[n] exp(-2 pi i k n / size), in place.
  void forward(float* re, float* im) noexcept {
    float *fromRe = re, *fromIm = im, *toRe = scratchRe_, *toIm = scratchIm_;
    for (int k = 0; k < passes(); k++) {
      pass(k, fromRe, fromIm, toRe, toIm, 0, groups());
      std::swap(fromRe, toRe);
      std::swap(fromIm, toIm);
    }
    if (fromRe == re) return;
    std::memcpy(re, fromRe, sizeof(float) * (std::size_t)size_);
    std::memcpy(im, fromIm, sizeof(float) * (std::size_t)size_);
  }
  /// x[n] = sum over k of X[k] exp(+2 pi i k n / size), in place: the forward transform with its parts exchanged.
  void inverse(float* re, float* im) noexcept { forward(im, re); }

  /// The same work in pieces, for those who spread it over time: a transform is `passes()` passes, each from one pair
  /// of arrays to another and of `groups()` equal pieces that may be done in any order.
  int passes() const noexcept { return (log2(size_) + 1) / 2; }
  int groups() const noexcept { return size_ / 16; }
  void pass(int index, const float* fromRe, const float* fromIm, float* toRe, float* toIm, int begin,
            int end) const noexcept {
    if (index == 0) {
      const int quarter = size_ / 4;
      const float *re[4], *im[4];
      for (int k = 0; k < 4; k++) re[k] = fromRe + k * quarter, im[k] = fromIm + k * quarter;
      return firstPass(re, im, toRe, toIm, begin, end);
    }
    const int stride = 1 << (2 * index);
    if (size_ / stride == 2) return last(fromRe, fromIm, toRe, toIm, begin, end);
    wide_ ? next(wideTwiddles_, fromRe, fromIm, toRe, toIm, stride, begin, end)
          : next(twiddles_, fromRe, fromIm, toRe, toIm, stride, begin, end);
  }
  /// Pass 0 where the four quarters of the input lie apart.
  void firstPass(const float* const* re, const float* const* im, float* toRe, float* toIm, int begin,
                 int end) const noexcept {
    wide_ ? first(wideTwiddles_, re, im, toRe, toIm, begin, end) : first(twiddles_, re, im, toRe, toIm, begin, end);
  }

 private:
  using f64x2 = double __attribute__((vector_size(16)));
  /// w^p, w^2p, w^3p for p < size / 4
  template <class T>
  struct Table {
    T* re;
    T* im;
  };
  struct Point {
    f32x4 re, im;
  };

  static int log2(int size) noexcept { return __builtin_ctz((unsigned)size); }
  template <class T>
  void fill(Table<T>& t, std::size_t quarter, int power, Arena& arena) const {
    t = {arena.take<T>(quarter), arena.take<T>(quarter)};
    if (!t.im) return;
    for (std::size_t p = 0; p < quarter; p++) {
      const double angle = -2. * 3.14159265358979323846 * (double)(p * (std::size_t)power) / size_;
      t.re[p] = (T)std::cos(angle);
      t.im[p] = (T)std::sin(angle);
    }
  }
  static f64x2 load2(const double* at) { return (f64x2)wasm_v128_load(at); }
  static f64x2 low(f32x4 x) { return (f64x2)wasm_f64x2_promote_low_f32x4((v128_t)x); }
  static f64x2 high(f32x4 x) { return low(__builtin_shufflevector(x, x, 2, 3, 2, 3)); }
  static f32x4 join(f64x2 a, f64x2 b) {
    const auto single = [](f64x2 x) { return (f32x4)wasm_f32x4_demote_f64x2_zero((v128_t)x); };
    return __builtin_shufflevector(single(a), single(b), 0, 1, 4, 5);
  }

  /// Four twiddles, neighbours of a table or one for all lanes, and the product with them.
  struct SingleTwiddle {
    f32x4 re, im;
    static SingleTwiddle from(const Table<float>& t, int p) { return {load4(t.re + p), load4(t.im + p)}; }
    static SingleTwiddle all(const Table<float>& t, int p) { return {splat(t.re[p]), splat(t.im[p])}; }
    Point times(Point a) const { return {a.re * re - a.im * im, a.re * im + a.im * re}; }
  };
  struct DoubleTwiddle {
    f64x2 reLow, reHigh, imLow, imHigh;
    static DoubleTwiddle from(const Table<double>& t, int p) {
      return {load2(t.re + p), load2(t.re + p + 2), load2(t.im + p), load2(t.im + p + 2)};
    }
    static DoubleTwiddle all(const Table<double>& t, int p) {
      const f64x2 re = {t.re[p], t.re[p]}, im = {t.im[p], t.im[p]};
      return {re, re, im, im};
    }
    Point times(Point a) const {
      const f64x2 rl = low(a.re), rh = high(a.re), il = low(a.im), ih = high(a.im);
      return {join(rl * reLow - il * imLow, rh * reHigh - ih * imHigh),
              join(rl * imLow + il * reLow, rh * imHigh + ih * reHigh)};
    }
  };

  /// One radix-4 butterfly of decimation in frequency; the twiddles come after it.
  static void butterfly(const Point* in, Point* out) {
    const Point ac = {in[0].re + in[2].re, in[0].im + in[2].im}, dac = {in[0].re - in[2].re, in[0].im - in[2].im};
    const Point bd = {in[1].re + in[3].re, in[1].im + in[3].im}, dbd = {in[1].re - in[3].re, in[1].im - in[3].im};
    out[0] = {ac.re + bd.re, ac.im + bd.im};
    out[1] = {dac.re + dbd.im, dac.im - dbd.re};
    out[2] = {ac.re - bd.re, ac.im - bd.im};
    out[3] = {dac.re - dbd.im, dac.im + dbd.re};
  }

  template <class T>
  using TwiddleOf = std::conditional_t<std::is_same_v<T, double>, DoubleTwiddle, SingleTwiddle>;

  /// Stride 1: four butterflies side by side, then a 4x4 transpose puts each one's results next to each other.
  template <class T>
  void first(const Table<T>* twiddles, const float* const* xr, const float* const* xi, float* yr, float* yi, int begin,
             int end) const noexcept {
    for (int p = 4 * begin; p < 4 * end; p += 4) {
      Point in[4], out[4];
      for (int k = 0; k < 4; k++) in[k] = {load4(xr[k] + p), load4(xi[k] + p)};
      butterfly(in, out);
      for (int k = 1; k < 4; k++) out[k] = TwiddleOf<T>::from(twiddles[k - 1], p).times(out[k]);
      storeTransposed(yr + 4 * p, out[0].re, out[1].re, out[2].re, out[3].re);
      storeTransposed(yi + 4 * p, out[0].im, out[1].im, out[2].im, out[3].im);
    }
  }

  /// A group is four neighbours of one butterfly index.
  template <class T>
  void next(const Table<T>* twiddles, const float* xr, const float* xi, float* yr, float* yi, int stride, int begin,
            int end) const noexcept {
    const int quarter = size_ / 4, perTwiddle = stride / 4;
    int p = begin / perTwiddle, q = 4 * (begin % perTwiddle);
    for (int left = end - begin; left > 0; p++, q = 0) {
      TwiddleOf<T> w[3];
      for (int k = 0; k < 3; k++) w[k] = TwiddleOf<T>::all(twiddles[k], p * stride);
      const int from = p * stride, to = 4 * p * stride;
      for (; q < stride && left > 0; q += 4, left--) {
        Point in[4], out[4];
        for (int k = 0; k < 4; k++) in[k] = {load4(xr + from + q + k * quarter), load4(xi + from + q + k * quarter)};
        butterfly(in, out);
        for (int k = 1; k < 4; k++) out[k] = w[k - 1].times(out[k]);
        for (int k = 0; k < 4; k++) {
          store4(yr + to + q + k * stride, out[k].re);
          store4(yi + to + q + k * stride, out[k].im);
        }
      }
    }
  }

  /// What is left of an odd power of two: one radix-2 stage without twiddles.
  void last(const float* xr, const float* xi, float* yr, float* yi, int begin, int end) const noexcept {
    const int half = size_ / 2;
    for (int q = 8 * begin; q < 8 * end; q += 4) {
      const f32x4 ar = load4(xr + q), ai = load4(xi + q), br = load4(xr + q + half), bi = load4(xi + q + half);
      store4(yr + q, ar + br);
      store4(yi + q, ai + bi);
      store4(yr + q + half, ar - br);
      store4(yi + q + half, ai - bi);
    }
  }

  static void storeTransposed(float* at, f32x4 a, f32x4 b, f32x4 c, f32x4 d) {
    const f32x4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    const f32x4 ef = __builtin_shufflevector(a, b, 2, 6, 3, 7), gh = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    store4(at, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
    store4(at + 4, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
    store4(at + 8, __builtin_shufflevector(ef, gh, 0, 1, 4, 5));
    store4(at + 12, __builtin_shufflevector(ef, gh, 2, 3, 6, 7));
  }

  int size_ = 0;
  bool wide_ = false;
  Table<float> twiddles_[3]{};
  Table<double> wideTwiddles_[3]{};
  float* scratchRe_ = nullptr;
  float* scratchIm_ = nullptr;
};

}  // namespace sl
