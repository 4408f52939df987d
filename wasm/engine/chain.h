// A chain of effects with everything the frame does for them: smoothing, bypass, sleep, containment of bad numbers.
// Built by the control thread, run by the audio thread.
#pragma once
#include "engine/kernels.h"
#include "engine/param_shift.h"
#include "engine/smoothed.h"
#include "wire/plan.h"

namespace sl {

/// A change inside the present micro-block, for one device.
struct ChainEvent {
  int offset;
  uint16_t device;  ///< from 0
  uint16_t param;   ///< kBypassParam: value is 0 or 1
  float value;
  int lead = 0;  ///< frames to get there (automation); 0: as a knob does
};
inline constexpr uint16_t kBypassParam = 0xffff;
inline constexpr int kMaxChainEvents = 256;

/// What every micro-block looks at comes first: a line of the cache.
struct alignas(64) ChainDevice {
  const EffectKernel* kernel;
  void* effect;
  Ramp<float>* ramps;
  Smoothed* params;
  int count, latency;
  int quietFrames;
  float wet;      ///< 1: the effect, 0: bypassed
  float fadeIn;   ///< after containment, 0..1
  uint8_t place;  ///< in a rack, as in the plan
  bool still;     ///< no parameter moves and the effect was told
  bool initialBypass, bypass, dead, asleep, quenching,
      cold;      ///< cold: not run for a while, empty it before it runs again
  float quench;  ///< while quenching: 1..0
  int alignFrames, alignAt;
  float heard;   ///< of a branch: 1..0, closed by mute, and while others are solo
  int before;    ///< frames that what comes before it delays
  float* align;  ///< alignFrames left, then right: a branch waits for the slowest, the dry signal of a rack for all
  float* dry;    ///< latency frames left, then right: what went in, for the bypassed path
  int dryAt;
  const Asset* asset;  ///< held while the chain lives
  void* memory;
  uint32_t memoryBytes;
  float* initial;  ///< as the program was built
  int64_t strikes[2];
};

enum class ChainFault : uint8_t { none, effectReset, effectBypassed };

/// Who is told what went wrong, with devices from 1.
struct ChainReport {
  void* engine;
  uint32_t strip;
  void (*fault)(void* engine, uint32_t strip, int device, ChainFault what);
};

/// What one effect of a chain hears of another strip, a micro-block.
struct SideInput {
  int device;  ///< from 0
  const float* left;
  const float* right;
};
struct SideInputs {
  const SideInput* list = nullptr;
  int count = 0;
};

/// Of a signal whose peak was not looked for.
inline constexpr float kUnknownPeak = -1.f;

struct Chain {
  ChainDevice* devices;
  int count;
  int latency;  ///< frames, of all
  float sampleRate;
  bool fresh;  ///< nothing was rendered yet: values jump
  int eventCount;
  ParamShifts shifts;  ///< by control buses; devices from 0
  Decay decay;
  ChainEvent events[kMaxChainEvents];

  /// Applies at `offset` of the micro-block that is rendered next. False: no such device or parameter.
  bool post(const ChainEvent& event);
  /// A micro-block, in place; `peak` of it where it is known, `frame` the engine frame of the first and `governor` the
  /// level. Applies and empties the posted events.
  void process(float* left, float* right, float peak, int64_t frame, const SongTime& song, int governor,
               const ChainReport& report, const SideInputs& sides = {});
  /// Applies what was posted at offset 0 without rendering (the context is suspended).
  void settle();
  /// Everything as after the build, except the parameters' targets, which hold from now on.
  void clear();
  /// Puts values and bypass back to what the program was built with.
  void restore();
  /// Empties every effect: what rings ends now, faded back in.
  void quench();
  bool sleeping() const;
  int latencyFrames() const;
  /// Of the devices before device `index`.
  int latencyBefore(int index) const;
  int tailFrames() const;

 private:
  struct Dry {
    float left[kMicroBlock], right[kMicroBlock];
  };
  void apply(const ChainEvent& event);
  float run(ChainDevice& d, int index, const StereoBlock& block, int64_t frame, const ChainReport& report);
  float segment(ChainDevice& d, int index, StereoBlock& block, int64_t frame, const ChainReport& report);
  [[gnu::noinline]] bool enter(ChainDevice& d, const StereoBlock& block, Dry& dry);
  [[gnu::noinline]] bool leave(ChainDevice& d, int index, const StereoBlock& block, const Dry& dry, float peak,
                               int64_t frame, const ChainReport& report);
  [[gnu::noinline]] void advance(ChainDevice& d, int index, const StereoBlock& block);
  void endBranch(ChainDevice& d, bool others, float* left, float* right, float* sumLeft, float* sumRight);
  bool soloed(int opening) const;
  void fadeOut(ChainDevice& d, float* left, float* right, int frames);
  void contain(ChainDevice& d, int index, int64_t frame, const ChainReport& report);
};

/// Values of `devices[i]` are `values[firstValue...]`, as many as the effect has parameters, already checked.
/// Null: no memory. Control thread.
Chain* buildChain(const PlanEffect* effects, int count, const float* values, float sampleRate);
void freeChain(Chain* chain);

}  // namespace sl
