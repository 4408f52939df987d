// Hard-sync oscillator unit: a wave that a master oscillator starts anew. Audio thread.
#pragma once
#include <array>

#include "dsp/oscillator.h"
#include "dsp/phase_modulation.h"

namespace sl {

/// The wave is computed plainly; at every jump and corner, whether the wave's own or the master's reset, the residual
/// of band-limiting is added at its exact time between two frames (dsp/edge_table.h; at the reset of a sine up to the
/// fifth derivative). The mean that the cut-off last cycle would leave is subtracted in closed form. A new wave begins
/// at the next reset.
struct Sync {
  enum P { tune, fine, level, wave, ratio, width, phase, scatter, numParams };
  enum Shape : int { saw, square, triangle, sine };
  static constexpr std::array<Option, 4> waves{
      {{"saw", "Saw"}, {"square", "Square"}, {"triangle", "Triangle"}, {"sine", "Sine"}}};
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "wave",
       .label = "Wave",
       .doc = "Shape of the synced oscillator",
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = waves},
      {.id = "ratio",
       .label = "Sync",
       .doc = "Frequency of the synced oscillator over the note's",
       .unit = Unit::ratio,
       .min = 1.f,
       .max = 16.f,
       .init = 2.5f,
       .curve = Curve::log},
      {.id = "width",
       .label = "Width",
       .doc = "Pulse width of the square",
       .unit = Unit::fraction,
       .min = 0.05f,
       .max = 0.95f,
       .init = 0.5f},
      kPhaseParam,
      kScatterParam,
  }};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "sync",
                             .label = "Sync",
                             .doc = "Oscillator that the note's pitch starts anew: the tearing lead",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 800.f};

  struct State {
    u32x4 master, slave;
    f32x4 carry[kEdgeTaps];  ///< What sounds in the frames to come.
    f32x4 mean;              ///< Subtracted at the frame that comes next.
    int8_t shape[kLanes];
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const PhaseRamp base = phaseRamp(*b.voice, p[tune], p[fine], n);
    Run run{.master = base.increment, .masterStep = (u32x4)base.step, .shape = (int)p[wave].value[0]};
    run.slave = scaledIncrement(base, p[ratio], n, run.slaveStep);
    run.width = p[width].value;
    run.widthStep = p[width].step;
    const f32x4 count = splat((float)n);
    if (s.fresh) begin(s, b, run);
    f32x4 work[kEdgeTaps + kMicroBlock];
    for (int i = 0; i < kEdgeTaps; i++) work[i] = s.carry[i];
    for (int i = kEdgeTaps; i < kEdgeTaps + n; i++) work[i] = splat(0.f);
    generate(s, run, work, 0, n);
    const f32x4 aim = meanOf(s, p[ratio].value + p[ratio].step * count, p[width].value + p[width].step * count);
    f32x4 mean = s.mean, gain = p[level].value;
    const f32x4 meanStep = (aim - mean) / count;
    for (int i = 0; i < n; i++) {
      b.out[0][i] = (work[i] - mean) * gain;
      mean += meanStep;
      gain += p[level].step;
    }
    s.mean = aim;
    for (int i = 0; i < kEdgeTaps; i++) s.carry[i] = work[n + i];
  }

 private:
  struct Run {
    u32x4 master, masterStep, slave, slaveStep;
    f32x4 width, widthStep;
    int shape;
  };

  /// Fresh lanes run ahead by the delay of the residuals, so that they begin on time at their phase.
  static void begin(State& s, const UnitBlock& b, const Run& run) {
    const i32x4 fresh = laneMask(s.fresh);
    State ahead = s;
    ahead.master = startPhase(*b.voice, b.params[phase].value, b.params[scatter].value, 1);
    const f32x4 turn = toFloat(ahead.master) * splat(1.f / 4294967296.f) * b.params[ratio].value;
    ahead.slave = toUint((turn - floor(turn)) * splat(4294967040.f));
    for (int8_t& shape : ahead.shape) shape = (int8_t)run.shape;
    Run steady = run;
    steady.masterStep = steady.slaveStep = splatU(0);
    f32x4 work[kEdgeTaps + kMicroBlock];
    for (f32x4& v : work) v = splat(0.f);
    generate(ahead, steady, work, -kEdgeDelay, kEdgeDelay);
    const auto take = [fresh](auto& to, auto from) {
      to = (std::remove_reference_t<decltype(to)>)select(fresh, (f32x4)from, (f32x4)to);
    };
    take(s.master, ahead.master);
    take(s.slave, ahead.slave);
    for (int i = 0; i < kEdgeTaps; i++) take(s.carry[i], work[i]);
    for (int i = 0; i < kLanes; i++)
      if (s.fresh >> i & 1) s.shape[i] = (int8_t)run.shape;
    take(s.mean, meanOf(s, b.params[ratio].value, b.params[width].value));
    s.fresh = 0;
  }

  /// Frame i of the plain wave lands at work[from + i + kEdgeDelay].
  static void generate(State& s, const Run& run, f32x4* work, int from, int frames) {
    u32x4 master = s.master, slave = s.slave, masterStep = run.master, slaveStep = run.slave;
    f32x4 width = run.width;
    for (int i = 0; i < frames; i++) {
      const f32x4 widthNext = width + run.widthStep;
      const u32x4 before = slave, edge = toUint(width * splat(4294967296.f));
      const u32x4 edgeNext = toUint(widthNext * splat(4294967296.f));
      work[from + i + kEdgeDelay] += value(s.shape, slave, width);
      master += masterStep;
      slave += slaveStep;
      const i32x4 reset = master < masterStep, wrapped = slave < before;
      const i32x4 crossed = (before < edge) ^ (slave < edgeNext);
      const i32x4 turned = ((i32x4)((before + splatU(1u << 30)) ^ (slave + splatU(1u << 30)))) < splatI(0);
      const i32x4 event = reset | wrapped | crossed | turned;
      if (any(event)) {
        for (int l = 0; l < kLanes; l++) {
          if (!event[l]) continue;
          Lane lane{(float*)work + l, from + i + 1,       s.shape[l], (float)slaveStep[l] * (1.f / 4294967296.f),
                    widthNext[l],     before[l] < edge[l]};
          const uint32_t was = before[l];
          if (!reset[l]) {
            lane.run(was, slaveStep[l], 1.f);
            continue;
          }
          const float after = (float)master[l] / (float)masterStep[l];
          const uint32_t rest = (uint32_t)((float)slaveStep[l] * after);
          const uint32_t until = slaveStep[l] > rest ? slaveStep[l] - rest : 0;
          lane.run(was, until, 1.f);
          s.shape[l] = (int8_t)run.shape;
          lane.reset(was + until, after, run.shape);
          lane.high = true;
          lane.run(0, rest, after);
          slave[l] = rest;
        }
      }
      masterStep += run.masterStep;
      slaveStep += run.slaveStep;
      width = widthNext;
    }
    s.master = master;
    s.slave = slave;
  }

  /// The edges of one voice in the time from one frame to the next; `frame` is where the residual's first tap lands.
  struct Lane {
    float* work;
    int frame;
    int shape;
    float pace;   ///< cycles per frame
    float width;  ///< at the next frame
    bool high;    ///< where a run begins; the edge may have moved meanwhile

    /// Own edges while the phase goes `way` on from `from`, beginning `left` frames before the next frame.
    void run(uint32_t from, uint32_t way, float left) const {
      const float perPhase = 1.f / (pace * 4294967296.f);
      const auto at = [&](uint32_t phase, int order, float size) {
        const uint32_t distance = phase - from;  // 0 means a whole turn away, which no frame covers
        if (distance - 1u < way) add(order, size, left - (float)distance * perPhase);
      };
      switch (shape) {
        case saw:
          return at(0, 0, -2.f);
        case square:
          return squareEdges(from, way, left, perPhase);
        case triangle:
          at(1u << 30, 1, -8.f * pace);
          return at(3u << 30, 1, 8.f * pace);
        default:
          return;
      }
    }

    /// A square is high before its edge, low after it, high again from the wrap on.
    void squareEdges(uint32_t from, uint32_t way, float left, float perPhase) const {
      const uint32_t edge = (uint32_t)(width * 4294967296.f), end = from + way;
      const bool wraps = end < from;
      const auto at = [&](uint32_t distance, float size) { add(0, size, left - (float)distance * perPhase); };
      if (high && (wraps || end >= edge)) at(edge > from ? edge - from : 0, -2.f);
      if (wraps) at(0u - from, 2.f);
      if (!wraps && !high && end < edge) at(way, 2.f);  // the edge overtook the phase
      if (wraps && end >= edge) at(edge - from, -2.f);
    }

    /// The phase jumps from `from` to 0, and to another shape perhaps, `left` frames before the next frame.
    void reset(uint32_t from, float left, int next) {
      float old[kEdgeOrders], now[kEdgeOrders];
      derivatives(from, old);
      shape = next;
      derivatives(0, now);
      for (int order = 0; order < kEdgeOrders; order++)
        if (now[order] != old[order]) add(order, now[order] - old[order], left);
    }

    void derivatives(uint32_t phase, float* d) const {
      for (int order = 1; order < kEdgeOrders; order++) d[order] = 0.f;
      const float t = (float)phase * (1.f / 4294967296.f);
      switch (shape) {
        case saw:
          d[0] = 2.f * t - 1.f;
          d[1] = 2.f * pace;
          return;
        case square:
          d[0] = t < width ? 1.f : -1.f;
          return;
        case triangle:
          d[0] = t < 0.25f ? 4.f * t : t < 0.75f ? 2.f - 4.f * t : 4.f * t - 4.f;
          d[1] = (t < 0.25f || t >= 0.75f ? 4.f : -4.f) * pace;
          return;
        default: {
          const f32x4 both = sinePhase(u32x4{phase, phase + (1u << 30), 0, 0});
          const float turn = 2.f * kPi * pace;
          d[0] = both[0];
          d[1] = turn * both[1];
          for (int order = 2; order < kEdgeOrders; order++) d[order] = -turn * turn * d[order - 2];
        }
      }
    }

    /// Adds the residual of a jump `ago` frames (0..1) before the next frame.
    void add(int order, float size, float ago) const {
      const float place = (ago < 0.f ? 0.f : ago > 1.f ? 1.f : ago) * kEdgePhases;
      const int row = place < kEdgePhases ? (int)place : kEdgePhases - 1;
      const float *a = tables().edges.row(order, row), *b = tables().edges.row(order, row + 1);
      const f32x4 share = splat(place - (float)row), amount = splat(size);
      for (int j = 0; j < kEdgeTaps; j += 4) {
        const f32x4 from = load4(a + j), v = (from + (load4(b + j) - from) * share) * amount;
        for (int k = 0; k < 4; k++)
          if (frame + j + k >= 0) work[kLanes * (frame + j + k)] += v[k];
      }
    }
  };

  static f32x4 value(const int8_t* shape, u32x4 phase, f32x4 width) {
    if (shape[0] != shape[1] || shape[0] != shape[2] || shape[0] != shape[3]) {
      f32x4 v;
      for (int l = 0; l < kLanes; l++) {
        const int8_t same[kLanes] = {shape[l], shape[l], shape[l], shape[l]};
        v[l] = value(same, phase, width)[l];
      }
      return v;
    }
    const f32x4 one = splat(1.f);
    switch (shape[0]) {
      case saw:
        return toFloat((i32x4)(phase ^ splatU(0x80000000u))) * splat(1.f / 2147483648.f);
      case square:
        return select(phase < toUint(width * splat(4294967296.f)), one, -one);
      case triangle:
        return toFloat(foldPhase(phase)) * splat(1.f / 1073741824.f);
      default:
        return sinePhase(phase);
    }
  }

  /// Mean of the wave over one cycle of the master.
  static f32x4 meanOf(const State& s, f32x4 ratio, f32x4 width) {
    const f32x4 whole = floor(ratio), part = ratio - whole, one = splat(1.f), zero = splat(0.f);
    f32x4 mean;
    for (int l = 0; l < kLanes; l++) {
      f32x4 area;
      switch (s.shape[l]) {
        case saw:
          area = part * part - part;
          break;
        case square:
          area = whole * (width + width - one) + (min(part, width) - max(part - width, zero));
          break;
        case triangle: {
          const f32x4 quarter = splat(0.25f), outer = max(part - splat(0.75f), zero);
          const f32x4 middle = clamp(part - quarter, 0.f, 0.5f), first = min(part, quarter);
          area =
              splat(2.f) * first * first + middle - splat(2.f) * middle * middle - outer + splat(2.f) * outer * outer;
          break;
        }
        default: {
          const f32x4 half = sinPi(splat(0.5f) - abs(part - splat(0.5f)));  // sin(pi part)
          area = half * half * splat(1.f / kPi);
        }
      }
      mean[l] = (area / ratio)[l];
    }
    return mean;
  }
};

}  // namespace sl
