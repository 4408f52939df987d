// What the engine goes without while the computer is too slow: the declared levels of the governor. Engine,
// documentation and interface read this one table. Any thread.
#pragma once
#include <algorithm>
#include <array>
#include <string_view>

namespace sl {

/// What a level keeps of everything. A voice keeps the level at which its note began; effects cross over.
struct GovernorLevel {
  std::string_view label;
  std::string_view doc;   ///< What it adds to the level before.
  bool fourfold;          ///< Distorting effects run at four times the rate; else at twice.
  int readerLength;       ///< Longest filter of a sampler: 2 best, 1 good, 0 draft.
  bool movingTails;       ///< Reverb and plate move their taps.
  float tailDb;           ///< A convolution ends where what is left is so far below all of it; 0: with its recording.
  bool cleanFm;           ///< Six-operator FM runs at twice the rate where its sound asks for it.
  float grains;           ///< Share of the grains that may sound at once.
  int unisonPart;         ///< New notes take one copy in so many of a unison stack.
  float voices;           ///< Share of a sound's polyphony.
  bool silencesQuietest;  ///< What exceeds the polyphony fades at once, the quietest first.
  bool analysis;          ///< The analysers hear.
};

inline constexpr std::array<GovernorLevel, 6> kGovernorLevels{{
    {.label = "Full",
     .doc = "Everything at full quality.",
     .fourfold = true,
     .readerLength = 2,
     .movingTails = true,
     .tailDb = 0.f,
     .cleanFm = true,
     .grains = 1.f,
     .unisonPart = 1,
     .voices = 1.f,
     .silencesQuietest = false,
     .analysis = true},
    {.label = "Less oversampling",
     .doc = "Distorting effects run at twice the sample rate instead of four times; new notes of samplers are read "
            "with a shorter filter.",
     .fourfold = false,
     .readerLength = 1,
     .movingTails = true,
     .tailDb = 0.f,
     .cleanFm = true,
     .grains = 1.f,
     .unisonPart = 1,
     .voices = 1.f,
     .silencesQuietest = false,
     .analysis = true},
    {.label = "Still tails",
     .doc = "The taps of reverbs and plates stand still, and convolutions end 40 dB down; clouds of grains are half as "
            "dense; new notes of six-operator FM run at the sample rate.",
     .fourfold = false,
     .readerLength = 1,
     .movingTails = false,
     .tailDb = 40.f,
     .cleanFm = false,
     .grains = 0.5f,
     .unisonPart = 1,
     .voices = 1.f,
     .silencesQuietest = false,
     .analysis = true},
    {.label = "Thinner notes",
     .doc = "New notes take half of their unison copies, samplers read with the shortest filter, and a sound plays "
            "at most three quarters of its voices.",
     .fourfold = false,
     .readerLength = 0,
     .movingTails = false,
     .tailDb = 40.f,
     .cleanFm = false,
     .grains = 0.5f,
     .unisonPart = 2,
     .voices = 0.75f,
     .silencesQuietest = false,
     .analysis = true},
    {.label = "Half the voices",
     .doc = "A sound plays at most half of its voices; what is more fades out, the quietest first. Clouds of grains "
            "are a quarter as dense, and convolutions end 30 dB down.",
     .fourfold = false,
     .readerLength = 0,
     .movingTails = false,
     .tailDb = 30.f,
     .cleanFm = false,
     .grains = 0.25f,
     .unisonPart = 2,
     .voices = 0.5f,
     .silencesQuietest = true,
     .analysis = true},
    {.label = "No analysis",
     .doc = "The analysers hear nothing. Freezing the most expensive track helps more.",
     .fourfold = false,
     .readerLength = 0,
     .movingTails = false,
     .tailDb = 30.f,
     .cleanFm = false,
     .grains = 0.25f,
     .unisonPart = 2,
     .voices = 0.5f,
     .silencesQuietest = true,
     .analysis = false},
}};
inline constexpr int kTopLevel = (int)kGovernorLevels.size() - 1;

constexpr const GovernorLevel& governed(int level) { return kGovernorLevels[(std::size_t)level]; }

/// Of `count` things at full quality, at least one.
constexpr int shareOf(float share, int count) { return std::max(1, (int)(share * (float)count + 0.999f)); }

}  // namespace sl
