// A mixer strip: the program it plays, the ones that are on their way out, and its fader. Audio thread.
#pragma once
#include "engine/fader.h"
#include "engine/path_delay.h"
#include "engine/program.h"

namespace sl {

inline constexpr int kMaxLayers = 8;
inline constexpr int kLayerPrograms = 8;
inline constexpr int kLettingDown = 2;  ///< places for the oldest of them, whose notes are let down in 4 ms
inline constexpr float kCrossfadeSeconds = 0.02f;

enum class LayerState : uint8_t {
  live,       ///< takes new notes
  finishing,  ///< held notes and tails end by themselves
  fading      ///< 20 ms
};

/// Programs that share one effect chain: the newest first, older ones (same chain, edited patch) until their notes end.
struct Layer {
  int count;
  LayerState state;
  float fade;
  float feed;      ///< of a strip that takes input: share of it that it gets, crossfaded in 20 ms
  int lane;        ///< 0..kMaxLayers - 1, no two of a strip the same: which delay its voices take
  bool played;     ///< something went into its chain
  bool laneTaken;  ///< that delay is its own now, without what an earlier layer left in it
  Level gain;
  Program* programs[kLayerPrograms];
};

/// Where a strip's signals come from and go to in one micro-block.
struct StripPaths {
  const ReturnBus* input = nullptr;     ///< what was sent to it; null: nothing
  ReturnBus* const* returns = nullptr;  ///< where it sends to; null: nowhere
  PathDelay* voices = nullptr;          ///< one for each lane; null: no delay
  SideInputs sides;                     ///< what its effects hear of other strips
  const float* fedLeft = nullptr;       ///< in place of what its programs play; null: they play
  const float* fedRight = nullptr;
  float* beforeLeft = nullptr;  ///< takes a copy of the signal before the fader
  float* beforeRight = nullptr;
};

struct StripContext {
  RenderContext render;
  /// The audio thread is done with this program.
  void (*giveBack)(void* engine, Program* program);
  void (*effectFault)(void* engine, uint32_t strip, int device, ChainFault what);
};

struct Strip {
  int count;
  bool takesInput;  ///< a return or group: its programs hear what is sent to it
  float through;    ///< of a strip that takes input: share of the input that passes while no chain takes it, crossfaded
                    ///< in 20 ms
  float sampleRate;
  Layer layers[kMaxLayers];  ///< newest first; only layers[0] may be live
  Fader fader;
  Controls controls;  ///< of the player, whatever program plays
  Decay decay;

  void init(float rate, bool asReturn);
  /// From now on it hears what is sent to it, or not.
  void setInput(bool takes);
  Program* live() const { return count > 0 && layers[0].state == LayerState::live ? layers[0].programs[0] : nullptr; }
  /// Any program of this strip by handle, also one that is on its way out.
  Program* find(uint32_t handle) const;
  void install(const StripContext& context, Program* program, InstallMode mode);
  /// Fades the live program out.
  void clearOut();
  bool idle() const;
  /// Something else sounds in its place: what its programs were told is done.
  void forgetEvents();
  /// While idle: gains are where they should be when the next note comes.
  void settleGains();
  /// Writes a micro-block of the strip's signal after its fader.
  void render(const StripContext& context, const StripPaths& paths, float* left, float* right);
  /// Applies what is due without rendering (the context is suspended).
  void settle(const StripContext& context);
  /// Drops all but the live program and clears that one.
  void reset(const StripContext& context, uint32_t seed);
  /// Adds its voices and groups of four.
  void tally(uint32_t& voices, uint32_t& groups) const;

 private:
  void dropLayer(const StripContext& context, int index);
  void renderLayer(const StripContext& context, Layer& layer, const StripPaths& paths, float* left, float* right);
  int freeLane() const;
  /// Share of a crossfade that a micro-block is.
  float crossfadeStep() const { return (float)kMicroBlock / (kCrossfadeSeconds * sampleRate); }
  /// A strip that takes input passes it while it has no chain.
  void passThrough(const ReturnBus* input, float* left, float* right);
  /// The input of a layer: all of it for the one that is live, less and less for those that ring out.
  void feed(Layer& layer, const ReturnBus* input, float* left, float* right);
  /// Gives back what has rung out or faded.
  void clean(const StripContext& context, const StripPaths& paths);
};

}  // namespace sl
