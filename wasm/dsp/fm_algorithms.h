// The 32 classic routings of six operators. Any thread.
#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>

namespace sl {

inline constexpr int kFmOperators = 6;

/// Bit k stands for operator k + 1. Modulators always have a higher number than what they modulate, so operators
/// computed from 6 down to 1 find theirs ready. The feedback runs from the output of `feedbackFrom` to `feedbackTo`
/// (indices); between the two lies a plain chain, and `feedbackTo` has no other modulator.
struct FmAlgorithm {
  std::array<uint8_t, kFmOperators> modulators;
  uint8_t carriers;
  uint8_t feedbackFrom, feedbackTo;
};

/// One arrow of a routing: `from` modulates `to` (1..6).
struct FmArrow {
  int from, to;
};

constexpr FmAlgorithm fmAlgorithm(std::initializer_list<FmArrow> arrows, std::initializer_list<int> carriers,
                                  int feedbackFrom, int feedbackTo) {
  FmAlgorithm a{};
  for (const FmArrow& arrow : arrows) a.modulators[(std::size_t)arrow.to - 1] |= (uint8_t)(1 << (arrow.from - 1));
  for (int carrier : carriers) a.carriers |= (uint8_t)(1 << (carrier - 1));
  a.feedbackFrom = (uint8_t)(feedbackFrom - 1);
  a.feedbackTo = (uint8_t)(feedbackTo - 1);
  return a;
}

/// As on the Yamaha DX7 (owner's manual 1983, chart of algorithms), same numbers.
inline constexpr std::array<FmAlgorithm, 32> kFmAlgorithms{{
    fmAlgorithm({{6, 5}, {5, 4}, {4, 3}, {2, 1}}, {1, 3}, 6, 6),
    fmAlgorithm({{6, 5}, {5, 4}, {4, 3}, {2, 1}}, {1, 3}, 2, 2),
    fmAlgorithm({{6, 5}, {5, 4}, {3, 2}, {2, 1}}, {1, 4}, 6, 6),
    fmAlgorithm({{6, 5}, {5, 4}, {3, 2}, {2, 1}}, {1, 4}, 4, 6),
    fmAlgorithm({{6, 5}, {4, 3}, {2, 1}}, {1, 3, 5}, 6, 6),
    fmAlgorithm({{6, 5}, {4, 3}, {2, 1}}, {1, 3, 5}, 5, 6),
    fmAlgorithm({{6, 5}, {5, 3}, {4, 3}, {2, 1}}, {1, 3}, 6, 6),
    fmAlgorithm({{6, 5}, {5, 3}, {4, 3}, {2, 1}}, {1, 3}, 4, 4),
    fmAlgorithm({{6, 5}, {5, 3}, {4, 3}, {2, 1}}, {1, 3}, 2, 2),
    fmAlgorithm({{6, 4}, {5, 4}, {3, 2}, {2, 1}}, {1, 4}, 3, 3),
    fmAlgorithm({{6, 4}, {5, 4}, {3, 2}, {2, 1}}, {1, 4}, 6, 6),
    fmAlgorithm({{6, 3}, {5, 3}, {4, 3}, {2, 1}}, {1, 3}, 2, 2),
    fmAlgorithm({{6, 3}, {5, 3}, {4, 3}, {2, 1}}, {1, 3}, 6, 6),
    fmAlgorithm({{6, 4}, {5, 4}, {4, 3}, {2, 1}}, {1, 3}, 6, 6),
    fmAlgorithm({{6, 4}, {5, 4}, {4, 3}, {2, 1}}, {1, 3}, 2, 2),
    fmAlgorithm({{6, 5}, {5, 1}, {4, 3}, {3, 1}, {2, 1}}, {1}, 6, 6),
    fmAlgorithm({{6, 5}, {5, 1}, {4, 3}, {3, 1}, {2, 1}}, {1}, 2, 2),
    fmAlgorithm({{6, 5}, {5, 4}, {4, 1}, {3, 1}, {2, 1}}, {1}, 3, 3),
    fmAlgorithm({{6, 5}, {6, 4}, {3, 2}, {2, 1}}, {1, 4, 5}, 6, 6),
    fmAlgorithm({{6, 4}, {5, 4}, {3, 2}, {3, 1}}, {1, 2, 4}, 3, 3),
    fmAlgorithm({{6, 5}, {6, 4}, {3, 2}, {3, 1}}, {1, 2, 4, 5}, 3, 3),
    fmAlgorithm({{6, 5}, {6, 4}, {6, 3}, {2, 1}}, {1, 3, 4, 5}, 6, 6),
    fmAlgorithm({{6, 5}, {6, 4}, {3, 2}}, {1, 2, 4, 5}, 6, 6),
    fmAlgorithm({{6, 5}, {6, 4}, {6, 3}}, {1, 2, 3, 4, 5}, 6, 6),
    fmAlgorithm({{6, 5}, {6, 4}}, {1, 2, 3, 4, 5}, 6, 6),
    fmAlgorithm({{6, 4}, {5, 4}, {3, 2}}, {1, 2, 4}, 6, 6),
    fmAlgorithm({{6, 4}, {5, 4}, {3, 2}}, {1, 2, 4}, 3, 3),
    fmAlgorithm({{5, 4}, {4, 3}, {2, 1}}, {1, 3, 6}, 5, 5),
    fmAlgorithm({{6, 5}, {4, 3}}, {1, 2, 3, 5}, 6, 6),
    fmAlgorithm({{5, 4}, {4, 3}}, {1, 2, 3, 6}, 5, 5),
    fmAlgorithm({{6, 5}}, {1, 2, 3, 4, 5}, 6, 6),
    fmAlgorithm({}, {1, 2, 3, 4, 5, 6}, 6, 6),
}};

/// Every operator is a carrier or modulates one with a lower number; the feedback's way is a chain.
consteval bool wellRouted() {
  for (const FmAlgorithm& a : kFmAlgorithms) {
    uint8_t used = a.carriers;
    for (int op = 0; op < kFmOperators; op++) {
      if (a.modulators[(std::size_t)op] & ((2u << op) - 1u)) return false;
      used |= a.modulators[(std::size_t)op];
    }
    if (used != 63 || a.modulators[a.feedbackTo] != 0 || a.feedbackFrom > a.feedbackTo) return false;
    for (int op = a.feedbackFrom; op < a.feedbackTo; op++)
      if (a.modulators[(std::size_t)op] != 2 << op) return false;
  }
  return true;
}
static_assert(wellRouted());

}  // namespace sl
