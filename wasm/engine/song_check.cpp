// Refuses every song table that the sequencer could not run as it stands. Control thread.
#include <cmath>

#include "engine/song_table.h"
#include "wire/layout.h"

namespace sl {
namespace {

enum Section : uint32_t { header, first, second };

bool within(float value, float min, float max) { return value >= min && value <= max; }  // false for NaN
bool goodTick(int64_t tick) { return tick >= 0 && tick <= kMaxTick; }

class Check {
 public:
  explicit Check(const SongTableView& view) : v(view), h(*view.header) {}

  PlanRefusal run() {
    switch ((SongTableKind)h.kind) {
      case SongTableKind::timeline:
        return timeline();
      case SongTableKind::clips:
        return clips();
      case SongTableKind::routing:
        return routing();
      case SongTableKind::controls:
        return controls();
      default:
        return automation();
    }
  }

 private:
  PlanRefusal at(PlanError error, Section section, uint32_t index, const void* where) const {
    return {error, section, index,
            (uint32_t)(reinterpret_cast<uintptr_t>(where) - reinterpret_cast<uintptr_t>(v.header))};
  }

  PlanRefusal timeline() const {
    for (uint32_t i = 0; i < h.first; i++) {
      const TempoPoint& p = v.tempo[i];
      if (!goodTick(p.tick) || !(p.bpm >= kMinBpm && p.bpm <= kMaxBpm)) return at(PlanError::number, first, i, &p);
      if (p.ramp > 1) return at(PlanError::kind, first, i, &p);
      if (i == 0 ? p.tick != 0 : p.tick <= v.tempo[i - 1].tick) return at(PlanError::order, first, i, &p);
    }
    for (uint32_t i = 0; i < h.second; i++) {
      const SignaturePoint& p = v.signatures[i];
      if (!goodTick(p.tick) || p.numerator < 1 || p.numerator > 32) return at(PlanError::number, second, i, &p);
      if (p.denominator < 1 || p.denominator > 32 || (p.denominator & (p.denominator - 1)) != 0)
        return at(PlanError::number, second, i, &p);
      if (i == 0) {
        if (p.tick != 0) return at(PlanError::order, second, i, &p);
        continue;
      }
      const SignaturePoint& before = v.signatures[i - 1];
      const int64_t bar = 4 * kTicksPerBeat / before.denominator * before.numerator;
      if (p.tick <= before.tick || (p.tick - before.tick) % bar != 0) return at(PlanError::order, second, i, &p);
    }
    return {};
  }

  PlanRefusal clips() const {
    uint32_t nextPoint = 0;
    for (uint32_t i = 0; i < h.first; i++) {
      const SongEvent& e = v.events[i];
      if (e.kind >= (uint16_t)SongEventKind::count) return at(PlanError::kind, first, i, &e);
      if (!goodTick(e.tick)) return at(PlanError::number, first, i, &e);
      if (e.kind == (uint16_t)SongEventKind::note) {
        if (e.length < 1 || e.length > kMaxTick || !within(e.value, -256.f, 256.f) || !within(e.velocity, 0.f, 1.f))
          return at(PlanError::number, first, i, &e);
        if (const PlanRefusal refusal = points(i, nextPoint); refusal.error != PlanError::none) return refusal;
        nextPoint += e.points;
      } else if (e.points != 0) {
        return at(PlanError::section, first, i, &e);
      } else if (!within(e.value, -1.f, 1.f) || !within(e.extra, -96.f, 96.f)) {
        return at(PlanError::number, first, i, &e);
      }
      if (i == 0) continue;
      const SongEvent& before = v.events[i - 1];
      const bool afterNote = before.kind == (uint16_t)SongEventKind::note && e.kind != (uint16_t)SongEventKind::note;
      if (e.tick < before.tick || (e.tick == before.tick && afterNote)) return at(PlanError::order, first, i, &e);
    }
    if (nextPoint != h.second) return at(PlanError::section, header, 0, v.header);
    return {};
  }

  /// Expressions of the note `i`, which begin at `from`.
  PlanRefusal points(uint32_t i, uint32_t from) const {
    const SongEvent& note = v.events[i];
    if (note.points > kMaxNotePoints) return at(PlanError::limit, first, i, &note);
    if (note.points > 0 && (note.firstPoint != from || note.points > h.second - from))
      return at(PlanError::section, first, i, &note);
    for (uint32_t k = from; k < from + note.points; k++) {
      const NotePoint& p = v.notePoints[k];
      if (p.kind >= (uint32_t)Expression::count) return at(PlanError::kind, second, k, &p);
      if (p.tick < note.tick || p.tick - note.tick >= note.length || !inExpression(p.kind, p.value))
        return at(PlanError::number, second, k, &p);
      if (k > from && p.tick < v.notePoints[k - 1].tick) return at(PlanError::order, second, k, &p);
    }
    return {};
  }

  PlanRefusal automation() const {
    uint32_t nextPoint = 0;
    for (uint32_t i = 0; i < h.first; i++) {
      const AutomationLane& lane = v.lanes[i];
      if (lane.target >= (uint32_t)LaneTarget::count) return at(PlanError::kind, first, i, &lane);
      if (lane.points == 0 || lane.firstPoint != nextPoint || lane.points > h.second - nextPoint)
        return at(PlanError::section, first, i, &lane);
      const auto target = (LaneTarget)lane.target;
      if ((target == LaneTarget::send && lane.index >= kReturns) ||
          (target == LaneTarget::bypass && (lane.index < 1 || lane.index > kMaxChain)) ||
          (target == LaneTarget::param && lane.device > kMaxChain))
        return at(PlanError::index, first, i, &lane);
      for (uint32_t k = nextPoint; k < nextPoint + lane.points; k++) {
        const AutomationPoint& p = v.points[k];
        if (!goodTick(p.tick) || !inTarget(target, p.value) || !within(p.curve, -1.f, 1.f))
          return at(PlanError::number, second, k, &p);
        if (p.hold > 1) return at(PlanError::kind, second, k, &p);
        if (k > nextPoint && p.tick < v.points[k - 1].tick) return at(PlanError::order, second, k, &p);
      }
      nextPoint += lane.points;
    }
    if (nextPoint != h.second) return at(PlanError::section, header, 0, v.header);
    return {};
  }

  PlanRefusal routing() const {
    uint32_t place[kStrips];
    bool input[kStrips];
    for (uint32_t& at : place) at = kStrips;
    for (uint32_t i = 0; i < kStrips; i++) {
      const RouteStrip& r = v.strips[i];
      if (r.strip >= kStrips || place[r.strip] != kStrips) return at(PlanError::index, first, i, &r);
      place[r.strip] = i;
      input[r.strip] = r.input == 1;
      const bool isReturn = r.strip >= kFirstReturn;
      if (r.input > 1 || (r.strip == 0 && r.input) || (isReturn && !r.input) || r.feedback >> kReturns)
        return at(PlanError::kind, first, i, &r);
    }
    for (uint32_t i = 0; i < kStrips; i++) {
      const RouteStrip& r = v.strips[i];
      if (r.output == kStrips) continue;
      if (r.strip == 0 || r.output > kStrips || !input[r.output]) return at(PlanError::index, first, i, &r);
      if (place[r.output] <= i) return at(PlanError::order, first, i, &r);
    }
    for (uint32_t i = 0; i < h.second; i++)
      if (const PlanRefusal refusal = path(i, place); refusal.error != PlanError::none) return refusal;
    return {};
  }

  PlanRefusal path(uint32_t i, const uint32_t (&place)[kStrips]) const {
    const RoutePath& p = v.paths[i];
    if (p.kind >= (uint32_t)PathKind::count || p.pre > 1) return at(PlanError::kind, second, i, &p);
    if (p.delayFrames > kMaxPathFrames || p.roomFrames > kMaxPathFrames) return at(PlanError::number, second, i, &p);
    const auto kind = (PathKind)p.kind;
    const uint32_t targets = kind == PathKind::send ? kReturns : kind == PathKind::side ? kStrips : 1;
    if (p.strip >= kStrips || p.target >= targets) return at(PlanError::index, second, i, &p);
    if (kind == PathKind::side) {
      if (p.device < 1 || p.device > kMaxChain) return at(PlanError::index, second, i, &p);
      if (place[p.target] <= place[p.strip]) return at(PlanError::order, second, i, &p);
    }
    for (uint32_t k = 0; k < i; k++) {
      const RoutePath& q = v.paths[k];
      if (q.kind != p.kind || q.target != p.target) continue;
      if (kind == PathKind::side ? q.device == p.device : q.strip == p.strip)
        return at(PlanError::index, second, i, &p);
    }
    return {};
  }

  PlanRefusal controls() const {
    for (uint32_t i = 0; i < h.first; i++) {
      const ControlBus& b = v.buses[i];
      if (b.kind >= (uint32_t)ControlKind::count || b.shape >= (uint32_t)ControlShape::count)
        return at(PlanError::kind, first, i, &b);
      if (b.strip >= kStrips) return at(PlanError::index, first, i, &b);
      if (!within(b.rateHz, 0.01f, 50.f) || !(b.beats == 0.f || within(b.beats, 0.01f, 256.f)) ||
          !within(b.phase, 0.f, 1.f) || !within(b.attackSeconds, 0.001f, 10.f) ||
          !within(b.releaseSeconds, 0.001f, 10.f) || !within(b.gain, 0.f, 100.f) || !within(b.value, 0.f, 1.f))
        return at(PlanError::number, first, i, &b);
      for (uint32_t k = 0; k < i; k++)
        if (v.buses[k].id == b.id) return at(PlanError::index, first, i, &b);
    }
    for (uint32_t i = 0; i < h.second; i++) {
      const ControlRoute& r = v.routes[i];
      // Device and parameter are looked up where they are used: programs come and go.
      if (r.bus >= h.first || r.strip < 1 || r.strip >= kStrips) return at(PlanError::index, second, i, &r);
      if (!within(r.amount, -1.f, 1.f)) return at(PlanError::number, second, i, &r);
    }
    return {};
  }

  static bool inTarget(LaneTarget target, float value) {
    switch (target) {
      case LaneTarget::gain:
      case LaneTarget::send:
        return within(value, -400.f, 60.f);
      case LaneTarget::pan:
        return within(value, -1.f, 1.f);
      case LaneTarget::mute:
      case LaneTarget::bypass:
        return value == 0.f || value == 1.f;
      default:
        return std::isfinite(value);  // the parameter's own range is checked when it is sent
    }
  }

  const SongTableView& v;
  const SongTable& h;
};

}  // namespace

PlanRefusal checkSongTable(const uint8_t* bytes, uint32_t length, SongTableView& view) {
  if (!bytes || reinterpret_cast<uintptr_t>(bytes) % 8 != 0 || length < sizeof(SongTable))
    return {.error = PlanError::size};
  const auto& h = *reinterpret_cast<const SongTable*>(bytes);
  if (h.magic != kSongMagic) return {.error = PlanError::magic};
  if (h.bytes != length) return {.error = PlanError::size};
  uint64_t firstSize = 0, secondSize = 0;
  switch ((SongTableKind)h.kind) {
    case SongTableKind::timeline:
      if (h.first < 1 || h.first > kMaxTempoPoints || h.second < 1 || h.second > kMaxSignatures)
        return {.error = PlanError::limit};
      firstSize = sizeof(TempoPoint), secondSize = sizeof(SignaturePoint);
      break;
    case SongTableKind::clips:
      if (h.first > kMaxSongEvents || h.second > kMaxExpressionPoints) return {.error = PlanError::limit};
      firstSize = sizeof(SongEvent), secondSize = sizeof(NotePoint);
      break;
    case SongTableKind::automation:
      if (h.first > kMaxLanes || h.second > kMaxAutomationPoints) return {.error = PlanError::limit};
      firstSize = sizeof(AutomationLane), secondSize = sizeof(AutomationPoint);
      break;
    case SongTableKind::routing:
      if (h.first != kStrips || h.second > kMaxRoutePaths || h.latencyFrames > kMaxPathFrames)
        return {.error = PlanError::limit};
      firstSize = sizeof(RouteStrip), secondSize = sizeof(RoutePath);
      break;
    case SongTableKind::controls:
      if (h.first > kMaxControlBuses || h.second > kMaxControlRoutes) return {.error = PlanError::limit};
      firstSize = sizeof(ControlBus), secondSize = sizeof(ControlRoute);
      break;
    default:
      return {.error = PlanError::kind};
  }
  const uint64_t secondAt = sizeof(SongTable) + h.first * firstSize;
  if (secondAt + h.second * secondSize != length) return {.error = PlanError::size};
  const uint8_t* one = bytes + sizeof(SongTable);
  const uint8_t* two = bytes + secondAt;
  view = {.header = &h,
          .tempo = reinterpret_cast<const TempoPoint*>(one),
          .signatures = reinterpret_cast<const SignaturePoint*>(two),
          .events = reinterpret_cast<const SongEvent*>(one),
          .notePoints = reinterpret_cast<const NotePoint*>(two),
          .lanes = reinterpret_cast<const AutomationLane*>(one),
          .points = reinterpret_cast<const AutomationPoint*>(two),
          .strips = reinterpret_cast<const RouteStrip*>(one),
          .paths = reinterpret_cast<const RoutePath*>(two),
          .buses = reinterpret_cast<const ControlBus*>(one),
          .routes = reinterpret_cast<const ControlRoute*>(two)};
  return Check(view).run();
}

}  // namespace sl
