// The open or closed of a gate: a level against a threshold, with hysteresis and hold. Audio thread.
#pragma once

namespace sl {

/// Opens at the threshold; closes when the level has stayed more than `hysteresisDb` under it for the hold.
class LevelSwitch {
 public:
  void reset() noexcept { *this = LevelSwitch{}; }
  bool next(float levelDb, float thresholdDb, float hysteresisDb, int holdFrames) noexcept {
    if (levelDb >= thresholdDb || (open_ && levelDb >= thresholdDb - hysteresisDb)) {
      open_ = true;
      held_ = 0;
    } else if (open_ && ++held_ > holdFrames) {
      open_ = false;
    }
    return open_;
  }
  bool open() const noexcept { return open_; }

 private:
  bool open_ = false;
  int held_ = 0;
};

}  // namespace sl
