// The click: mixed after everything that is captured, delayed as the master chain delays the music. Audio thread.
#pragma once
#include <cstdint>

namespace sl {

class Metronome {
 public:
  bool on = false;
  float gainDb = -6.f;

  /// A click at this engine frame or later; in order.
  void click(int64_t frame, bool accent) {
    if (count_ < kPending) pending_[count_++] = {frame, accent};
  }

  /// Adds what sounds in the 32 frames from `frame` on.
  void mix(float* left, float* right, int64_t frame, float sampleRate);

 private:
  static constexpr int kPending = 64;
  void start(float sampleRate);

  struct Pending {
    int64_t frame;
    bool accent;
  };
  Pending pending_[kPending];
  int count_ = 0;
  float real_ = 0.f, imaginary_ = 0.f, turnReal_ = 0.f, turnImaginary_ = 0.f, decay_ = 0.f, level_ = 0.f;
};

}  // namespace sl
