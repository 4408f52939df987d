// Where the modes of struck bodies lie: octaves above the note, one table per body. Any thread.
#pragma once
#include <array>
#include <cstddef>

namespace sl {

inline constexpr int kMaxModes = 128;

/// `octaves`: log2 of the frequency ratio; the first mode that carries the note is first. `tilt`: amplitude falls as
/// ratio^-tilt when struck by an ideally hard mallet.
struct ModeTable {
  std::array<float, kMaxModes> octaves{};
  float tilt = 0.5f;
};

namespace modes {

consteval double log2Of(double x) {
  int whole = 0;
  while (x >= 2.) x /= 2., whole++;
  while (x < 1.) x *= 2., whole--;
  const double s = (x - 1.) / (x + 1.), q = s * s;
  double sum = 0., term = s;
  for (int k = 1; k < 40; k += 2, term *= q) sum += term / k;
  return whole + 2. * sum / 0.69314718055994530942;
}

consteval ModeTable tableOf(std::array<double, kMaxModes> ratios, double tilt) {
  ModeTable t;
  for (int k = 0; k < kMaxModes; k++) t.octaves[(std::size_t)k] = (float)log2Of(ratios[(std::size_t)k]);
  t.tilt = (float)tilt;
  return t;
}

template <std::size_t kCount>
consteval void sort(std::array<double, kCount>& r, std::size_t from) {
  for (std::size_t i = from + 1; i < kCount; i++) {
    const double v = r[i];
    std::size_t k = i;
    for (; k > from && v < r[k - 1]; k--) r[k] = r[k - 1];
    r[k] = v;
  }
}

/// Every mode of a body that is nearly round is two, a little apart: they beat. Fills the table from `singles`.
template <std::size_t kSingles>
consteval std::array<double, kMaxModes> pairs(std::array<double, kSingles> singles, double apart) {
  static_assert(kSingles * 2 >= kMaxModes);
  std::array<double, kMaxModes> r{};
  for (std::size_t k = 0; k < kMaxModes; k++)
    r[k] = singles[k / 2] * (k % 2 ? 1. + apart * (1. + 0.37 * (double)(k / 2 % 5)) : 1.);
  return r;
}

/// Church bell (Rossing and Perrin 1987): prime, hum, tierce, quint, nominal and so on; pairs warble.
consteval ModeTable bell() {
  std::array<double, 64> r{1.,    0.5,   1.183, 1.506, 2.,    2.514, 2.662, 3.011,
                           4.166, 5.433, 6.796, 8.215, 9.673, 11.16, 12.69, 14.27};
  for (std::size_t k = 16; k < 64; k++) r[k] = r[k - 1] + 1.58 + 0.04 * (double)(k - 15);
  return tableOf(pairs(r, 0.0009), 0.45);
}

/// Free bar of mode k: (2k + 1)^2, undercut so that the first three are 1 : `second` : `third` (Rossing 2000).
consteval ModeTable bar(double second, double third, double tilt) {
  std::array<double, kMaxModes> r{1., second, third};
  for (std::size_t k = 3; k < kMaxModes; k++) {
    const double free = (2. * (double)(k / 2) + 5.), twist = k % 2 ? 1. : 0.83;  // every other one twists
    r[k] = third * twist * free * free / 49.;
  }
  sort(r, 1);
  return tableOf(r, tilt);
}

/// Wine glass (Rossing 2000): rim modes grow nearly with the square of their number.
consteval ModeTable glass() {
  std::array<double, 64> r{1., 2.32, 4.25, 6.63, 9.38};
  for (std::size_t k = 5; k < 64; k++) r[k] = 9.38 + (double)(k - 4) * 3.05 + (double)((k - 4) * (k - 4)) * 0.19;
  return tableOf(pairs(r, 0.0007), 0.75);
}

/// Supported rectangular plate with sides of 1 : 1.37.
consteval ModeTable plate() {
  constexpr double kSide = 1.37 * 1.37;
  std::array<double, 18 * 13> all{};  // 128 lowest lie within
  std::size_t count = 0;
  for (int m = 1; m <= 18; m++)
    for (int n = 1; n <= 13; n++) all[count++] = (m * m + n * n * kSide) / (1. + kSide);
  sort(all, 0);
  std::array<double, kMaxModes> r{};
  for (std::size_t k = 0; k < kMaxModes; k++) r[k] = all[k];
  return tableOf(r, 0.35);
}

/// Circular membrane: zeros of the Bessel functions over the first; the rest by their asymptote.
consteval ModeTable membrane() {
  std::array<double, kMaxModes> r{1.,    1.593, 2.136, 2.296, 2.653, 2.918, 3.156, 3.501, 3.600, 3.652,
                                  4.060, 4.132, 4.154, 4.230, 4.601, 4.610, 4.651, 4.832, 4.903, 5.084,
                                  5.131, 5.413, 5.541, 5.553, 5.651, 5.977, 6.019, 6.153, 6.163, 6.209};
  // Weyl's law: the number of modes below a ratio grows with its square.
  for (std::size_t k = 30; k < kMaxModes; k++) {
    double ratio = 6.2 + (double)(k - 29) * 0.1;
    const double want = ((double)k + 3.) / 0.87;
    for (int round = 0; round < 8; round++) ratio = 0.5 * (ratio + want / ratio);
    r[k] = ratio;
  }
  sort(r, 1);
  return tableOf(r, 0.6);
}

/// Tubular bell: a free bar whose fourth to sixth modes, near 2 : 3 : 4, make the note heard an octave below the
/// fourth.
consteval ModeTable tubular() {
  std::array<double, 64> r{2., 2.988, 4.173, 1.21, 5.556, 0.617, 7.136, 0.224};
  for (std::size_t k = 8; k < 64; k++) {
    const double odd = 2. * (double)k + 3.;
    r[k] = odd * odd / 40.5;
  }
  return tableOf(pairs(r, 0.0005), 0.35);
}

/// Gong: a round plate after Chladni's law, (m + 2n)^1.6, crowded and split.
consteval ModeTable gong() {
  std::array<double, 64> r{};
  std::size_t count = 0;
  for (int order = 2; count < 64; order++)
    for (int n = 0; 2 * n <= order && count < 64; n++) {
      double power = order * order / 4.;
      // x^1.6 = (x^8)^(1/5)
      const double x = order / 2., x8 = x * x * x * x * x * x * x * x;
      for (int round = 0; round < 12; round++)
        power -= (power * power * power * power * power - x8) / (5. * power * power * power * power);
      r[count++] = power * (1. + 0.031 * n + 0.0037 * ((n * 7 + order * 3) % 11));
    }
  const double first = r[0];
  for (double& ratio : r) ratio /= first;
  return tableOf(pairs(r, 0.004), 0.15);
}

/// Whole multiples: a string, a reed, a horn.
consteval ModeTable harmonic() {
  std::array<double, kMaxModes> r{};
  for (std::size_t k = 0; k < kMaxModes; k++) r[k] = (double)k + 1.;
  return tableOf(r, 1.);
}

}  // namespace modes

inline constexpr std::array<ModeTable, 9> kModeTables{modes::bell(),
                                                      modes::bar(3.984, 10.2, 1.1),
                                                      modes::bar(3., 6.1, 0.8),
                                                      modes::glass(),
                                                      modes::plate(),
                                                      modes::membrane(),
                                                      modes::tubular(),
                                                      modes::gong(),
                                                      modes::harmonic()};

}  // namespace sl
