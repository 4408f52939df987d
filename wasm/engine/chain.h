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

struct ChainDevice {
  const EffectKernel* kernel;
  void* effect;
  const Asset* asset;  ///< held while the chain lives
  void* memory;
  uint32_t memoryBytes;
  Smoothed* params;
  Ramp<float>* ramps;
  float* initial;  ///< as the program was built
  float* dry;      ///< 2 * latency frames: what went in, for the bypassed path
  int count, latency, dryAt;
  bool initialBypass, bypass, dead, asleep, quenching,
      cold;      ///< cold: not run for a while, empty it before it runs again
  bool still;    ///< no parameter moves and the effect was told
  float wet;     ///< 1: the effect, 0: bypassed
  float fadeIn;  ///< after containment, 0..1
  float quench;  ///< while quenching: 1..0
  int quietFrames;
  uint8_t place;  ///< in a rack, as in the plan
  float heard;    ///< of a branch: 1..0, closed by mute, and while others are solo
  int before;     ///< frames that what comes before it delays
  float* align;   ///< 2 * alignFrames: a branch waits for the slowest, the dry signal of a rack for all
  int alignFrames, alignAt;
  int64_t strikes[2];
};

enum class ChainFault : uint8_t { none, effectReset, effectBypassed };

struct ChainReport {
  void* context;
  void (*fault)(void* context, int device, ChainFault what);
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

struct Chain {
  ChainDevice* devices;
  int count;
  int latency;  ///< frames, of all
  float sampleRate;
  bool fresh;  ///< nothing was rendered yet: values jump
  Decay decay;
  ChainEvent events[kMaxChainEvents];
  int eventCount;
  ParamShifts shifts;  ///< by control buses; devices from 0

  /// Applies at `offset` of the micro-block that is rendered next. False: no such device or parameter.
  bool post(const ChainEvent& event);
  /// In place; `frames` is 1..32, `frame` the engine frame of the first and `governor` the level. Applies and empties
  /// the posted events.
  void process(float* left, float* right, int frames, int64_t frame, const SongTime& song, int governor,
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
  void apply(const ChainEvent& event);
  float segment(ChainDevice& d, int index, float* left, float* right, int frames, int64_t frame, const SongTime& song,
                int governor, const ChainReport& report, SideInput side);
  void endBranch(ChainDevice& d, bool others, float* left, float* right, int frames, float* sumLeft, float* sumRight);
  bool soloed(int opening) const;
  void fadeOut(ChainDevice& d, float* left, float* right, int frames);
  void contain(ChainDevice& d, int index, int64_t frame, const ChainReport& report);
};

/// Values of `devices[i]` are `values[firstValue...]`, as many as the effect has parameters, already checked.
/// Null: no memory. Control thread.
Chain* buildChain(const PlanEffect* effects, int count, const float* values, float sampleRate);
void freeChain(Chain* chain);

}  // namespace sl
