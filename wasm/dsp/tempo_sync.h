// Times and rates that keep the song's tempo: the one list of note lengths and the parameter that picks from it. Any
// thread.
#pragma once
#include <array>
#include <cmath>
#include <string_view>

#include "core/param.h"
#include "core/song_time.h"

namespace sl {

struct NoteLength {
  std::string_view id, label;
  double beats;  ///< quarter notes; 0: free
};

/// A bar is four quarters, whatever the time signature: saved sounds know no song.
inline constexpr std::array<NoteLength, 20> kNoteLengths{{{"free", "Free", 0.},
                                                          {"1/64", "1/64", 1. / 16},
                                                          {"1/32T", "1/32 triplet", 1. / 12},
                                                          {"1/32", "1/32", 1. / 8},
                                                          {"1/16T", "1/16 triplet", 1. / 6},
                                                          {"1/16", "1/16", 1. / 4},
                                                          {"1/16D", "1/16 dotted", 3. / 8},
                                                          {"1/8T", "1/8 triplet", 1. / 3},
                                                          {"1/8", "1/8", 1. / 2},
                                                          {"1/8D", "1/8 dotted", 3. / 4},
                                                          {"1/4T", "1/4 triplet", 2. / 3},
                                                          {"1/4", "1/4", 1.},
                                                          {"1/4D", "1/4 dotted", 3. / 2},
                                                          {"1/2T", "1/2 triplet", 4. / 3},
                                                          {"1/2", "1/2", 2.},
                                                          {"1/2D", "1/2 dotted", 3.},
                                                          {"1bar", "1 bar", 4.},
                                                          {"2bars", "2 bars", 8.},
                                                          {"4bars", "4 bars", 16.},
                                                          {"8bars", "8 bars", 32.}}};

inline constexpr auto kSyncOptions = [] {
  std::array<Option, kNoteLengths.size()> options{};
  for (std::size_t i = 0; i < options.size(); i++) options[i] = {kNoteLengths[i].id, kNoteLengths[i].label};
  return options;
}();

/// The parameter: `doc` says what it takes the place of. Its `Ramp::value` is the option that the functions below take.
constexpr Param syncParam(std::string_view doc, std::string_view id = "sync", std::string_view label = "Sync",
                          std::string_view group = {}) {
  return {.id = id,
          .label = label,
          .doc = doc,
          .init = 0.f,
          .curve = Curve::option,
          .smooth = Smooth::fade,
          .group = group,
          .options = kSyncOptions};
}

/// Quarter notes of an option; 0: free.
inline double syncedBeats(float option) {
  const int last = (int)kNoteLengths.size() - 1, index = (int)option;
  return kNoteLengths[(std::size_t)(index < 0 ? 0 : index > last ? last : index)].beats;
}
/// Length of an option; `free` where it is Free.
inline float syncedSeconds(float option, float bpm, float free) {
  const double beats = syncedBeats(option);
  return beats > 0. ? (float)(beats * 60. / std::fmax(bpm, 1.f)) : free;
}
/// Cycles per second of an option; `free` where it is Free.
inline float syncedHertz(float option, float bpm, float free) {
  const double beats = syncedBeats(option);
  return beats > 0. ? (float)(std::fmax(bpm, 1.f) / (60. * beats)) : free;
}
/// As syncedSeconds, for a delay line of `most` seconds: what does not fit is halved until it does.
inline float syncedDelaySeconds(float option, float bpm, float free, float most) {
  float seconds = syncedSeconds(option, bpm, free);
  while (seconds > most) seconds *= 0.5f;
  return seconds;
}
/// Where a cycle of the option's length stands: 0..1, 0 at the start of the song. 0 where the option is Free.
inline double syncedPhase(float option, double beat) {
  const double beats = syncedBeats(option);
  if (!(beats > 0.)) return 0.;
  const double cycles = beat / beats;
  return cycles - std::floor(cycles);
}

}  // namespace sl
