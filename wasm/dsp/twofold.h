// Numbers of about 106 bits as sums of two doubles, for times that must round right. Dekker 1971, Knuth, Bailey's QD.
// Any thread.
#pragma once
#include <array>
#include <cmath>
#include <cstdint>

namespace sl {

/// hi + lo, |lo| at most half a unit in the last place of hi.
struct Twofold {
  double hi = 0., lo = 0.;
};

/// Exact; |a| >= |b| or a = 0.
constexpr Twofold quickTwoSum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

/// Exact.
constexpr Twofold twoSum(double a, double b) {
  const double sum = a + b, part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// Exact; wasm has no fused multiply-add, so both are split in halves (Veltkamp).
constexpr Twofold twoProduct(double a, double b) {
  constexpr double kSplit = 134217729.;  // 2^27 + 1
  const double product = a * b;
  const double ca = kSplit * a, cb = kSplit * b;
  const double ah = ca - (ca - a), bh = cb - (cb - b);
  const double al = a - ah, bl = b - bh;
  return {product, ((ah * bh - product) + ah * bl + al * bh) + al * bl};
}

constexpr Twofold operator+(Twofold a, Twofold b) {
  Twofold s = twoSum(a.hi, b.hi);
  const Twofold t = twoSum(a.lo, b.lo);
  s = quickTwoSum(s.hi, s.lo + t.hi);
  return quickTwoSum(s.hi, s.lo + t.lo);
}
constexpr Twofold operator-(Twofold a) { return {-a.hi, -a.lo}; }
constexpr Twofold operator-(Twofold a, Twofold b) { return a + -b; }
constexpr Twofold operator*(Twofold a, Twofold b) {
  const Twofold p = twoProduct(a.hi, b.hi);
  return quickTwoSum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}
constexpr Twofold operator/(Twofold a, Twofold b) {
  const double first = a.hi / b.hi;
  Twofold rest = a - b * Twofold{first};
  const double second = rest.hi / b.hi;
  rest = rest - b * Twofold{second};
  return quickTwoSum(first, second) + Twofold{rest.hi / b.hi};
}

/// ln((1 + z) / (1 - z)) for small |z|, by the series of the inverse hyperbolic tangent.
constexpr Twofold logOfHalves(Twofold z, int terms) {
  const Twofold square = z * z;
  Twofold sum{};
  for (int n = terms - 1; n >= 0; n--) sum = sum * square + Twofold{1.} / Twofold{(double)(2 * n + 1)};
  return Twofold{2.} * z * sum;
}

inline constexpr int kLogSteps = 32;
/// ln(1 + j / 32); the last entry is ln 2.
inline constexpr auto kLogs = [] {
  std::array<Twofold, kLogSteps + 1> logs{};
  // |z| <= 1/3: 36 terms leave 3^-73.
  for (int j = 1; j <= kLogSteps; j++)
    logs[j] = logOfHalves(Twofold{(double)j} / Twofold{(double)(2 * kLogSteps + j)}, 36);
  return logs;
}();

/// ln(1 + e) for e > -1, with a relative error of about 2^-100 also where e is tiny.
inline Twofold logOfOnePlus(Twofold e) {
  const Twofold x = Twofold{1.} + e;
  int exponent = 0;
  const double mantissa = 2. * std::frexp(x.hi, &exponent);  // 1..2
  exponent--;
  const int step = (int)((mantissa - 1.) * kLogSteps + 0.5);
  const double near = std::ldexp(1. + (double)step / kLogSteps, exponent);
  // x / near is within 1/64 of 1, so |z| < 2^-7: eight terms leave 2^-119.
  const Twofold z = near == 1. ? e / (Twofold{2.} + e) : (x - Twofold{near}) / (x + Twofold{near});
  const Twofold rest = logOfHalves(z, 8);
  if (near == 1.) return rest;
  return Twofold{(double)exponent} * kLogs[kLogSteps] + kLogs[step] + rest;
}

/// Nearest whole number, halves up. What is within 2^-48 of a half counts as that half: sums of quotients that are
/// halves in exact arithmetic come out a little beside them.
inline int64_t roundHalfUp(Twofold x) {
  const double whole = std::floor(x.hi);
  const double rest = (x.hi - whole) + x.lo;
  constexpr double kHalf = 0.5 - 0x1p-48;
  return (int64_t)whole + (rest >= kHalf ? (rest >= 1. + kHalf ? 2 : 1) : (rest < kHalf - 1. ? -1 : 0));
}

}  // namespace sl
