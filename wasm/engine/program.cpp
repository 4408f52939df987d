// One micro-block of a program: applies its events at their exact frames, renders its voice groups and sums them. Audio
// thread.
#include "engine/program.h"

#include <cstring>

#include "engine/kit.h"

namespace sl {
namespace {

bool isControl(Event type) {
  return type == Event::bend || type == Event::wheel || type == Event::pressure || type == Event::timbre ||
         type == Event::setParam;
}

}  // namespace

void Program::post(ProgramEvent* event) {
  event->next = nullptr;
  event->pad = event->gives = -1;
  event->choke = 0;
  event->elsewhere = false;
  (lastEvent ? lastEvent->next : firstEvent) = event;
  lastEvent = event;
}

/// A voice of this program has been rendered: a jump would be heard.
bool Program::heard() const {
  for (int q = 0; rendered && q < used; q++)
    if (quads[q].active & ~quads[q].fresh) return true;
  return false;
}

bool Program::concerns(const ProgramEvent& event) const { return !pad || pad->concerns(event); }

/// What the pad makes of it on the way to the strip.
float Program::outGain(int side) const { return pad ? pad->gain(side) : 1.f; }

bool Program::setParam(uint32_t param, float value, int lead) {
  if (pad) {
    param -= pad->firstParam;
    if (param >= (uint32_t)paramCount) return pad->set(param - (uint32_t)paramCount, value, lead, heard()), true;
  }
  if (param >= (uint32_t)paramCount) return false;
  paramsStill = false;
  if (!heard())
    params[param].snap(value);  // nobody hears the step
  else if (lead > 0)
    params[param].follow(value, lead);
  else
    params[param].set(value);
  return true;
}

void Program::applyControl(const ProgramEvent& event) {
  const Command& command = event.command;
  playingStill = false;
  auto move = [&](Smoothed& s, float value) { heard() ? s.set(value) : s.snap(value); };
  switch (command.type) {
    case Event::bend:
      move(bend, command.control.value);
      bendSemitones = command.control.range;
      break;
    case Event::wheel:
      move(wheel, command.control.value);
      break;
    case Event::pressure:
      move(pressure, command.control.value);
      break;
    case Event::timbre:
      move(timbre, command.control.value);
      break;
    default:
      setParam(command.param.param, command.param.value, event.lead);
      break;
  }
}

void Program::applyNote(const RenderContext& context, const ProgramEvent& event) {
  const Command& command = event.command;
  const int offset = event.offset;
  switch (command.type) {
    case Event::noteOn:
      if (pad)
        struck(context, event);
      else
        noteOn(context, command, offset);
      break;
    case Event::noteOff:
      noteOff(context, command, offset);
      break;
    case Event::express:
      express(context, command, offset);
      break;
    case Event::sustain:
      pedal(context, command.control.value >= 0.5f, offset);
      break;
    case Event::governor:
      trim(context, offset);
      break;
    case Event::panic:
      forgetHeld(context, offset);
      sustain = false;
      for (int q = 0; q < quadCount; q++)
        for (int lane = 0; lane < kLanes; lane++) fade(context, quads[q], lane, offset, Reason::panic);
      break;
    default:
      break;
  }
}

void Program::advanceParams(int begin, int end) {
  segmentBegin = begin, segmentEnd = end;
  const int n = end - begin;
  bool still = true;
  for (int p = 0; p < paramCount && !paramsStill; p++) {
    if (params[p].still() && !ramps[p].moving && !ramps[p].changed) continue;
    const Ramp<float> r = params[p].advance(n, decay);
    ramps[p] = {splat(r.value), splat(r.step), r.moving, r.changed};
    still = false;
  }
  paramsStill = still;
  for (int k = 0; k < shifts.count; k++) {
    const ParamShift& shift = shifts.list[k];
    const Ramp<f32x4>& own = ramps[shift.param];
    const Ramp<float> r =
        shifted({own.value[0], own.step[0], own.moving, own.changed}, *specs[shift.param], shift, begin, n);
    ramps[shift.param] = {splat(r.value), splat(r.step), r.moving, r.changed};
    paramsStill = false;
  }
  scalersStill = true;
  const auto look = [&](uint32_t from, uint32_t until) {
    for (uint32_t p = from; p < until; p++) scalersStill = scalersStill && !ramps[p].moving && !ramps[p].changed;
  };
  if (!paramsStill && scalerCount > 0) {
    for (int i = opCount - scalerCount; i < opCount; i++) look(ops[i].firstParam, ops[i].firstParam + ops[i].params);
    look(firstAmount, (uint32_t)paramCount);
  }
  if (!playingStill) advancePlaying(n);
}

void Program::advancePlaying(int frames) {
  playingStill = wheel.still() && pressure.still() && timbre.still() && bend.still();
  wheelRamp = wheel.advance(frames, decay);
  pressureRamp = pressure.advance(frames, decay);
  timbreRamp = timbre.advance(frames, decay);
  touched = pressureRamp.value != 0.f || pressureRamp.step != 0.f || timbreRamp.value != 0.f || timbreRamp.step != 0.f;
  bendRamp = bend.advance(frames, decay);
}

/// Where each port lies, once for all groups and blocks.
void Program::resolve(f32x4* wires) {
  if (resolved == wires) return;
  resolved = wires;
  for (int i = 0; i < opCount; i++) {
    Op& op = ops[i];
    for (int k = 0; k < op.inputs + op.outputs; k++)
      op.at[k] = op.ports[k] == kNoWire ? nullptr : wires + (std::size_t)op.ports[k] * kMicroBlock;
    op.lone = blockWith(op, loneVoice, ramps + op.firstParam, kMicroBlock);
  }
}

void Program::render(const RenderContext& context, float* busLeft, float* busRight, int frames) {
  if (kit) {
    kit->render(*this, context, busLeft, busRight, frames);
    if (frames > 0) addResiduals(busLeft, busRight, frames);
    return;
  }
  resolve(context.wires);
  // What was applied without rendering belongs to this micro-block, as in a replay of it.
  const bool eventful = firstEvent != nullptr || told;
  told = frames == 0 && eventful;
  if (frames == kMicroBlock && !eventful && renderLone(context, busLeft, busRight)) return;
  voiceStands = false;
  for (int q = 0; q < used; q++) quads[q].cursor = 0;
  LaneSums& sums = *context.sums;
  sums.opened = false;
  ProgramEvent* event = firstEvent;
  int begin = 0;
  do {
    int end = frames;
    for (ProgramEvent* e = event; e; e = e->next) {
      if (!isControl(e->command.type) || !concerns(*e)) continue;
      if (e->offset > begin) {
        end = e->offset;
        break;
      }
      applyControl(*e);
    }
    if (frames > 0) advanceParams(begin, end);
    for (; event && (event->offset < end || end == frames); event = event->next)
      if (!isControl(event->command.type) && concerns(*event)) applyNote(context, *event);
    for (int q = 0; q < used; q++)
      if (quads[q].active) advance(context, quads[q], end);
    begin = end;
  } while (begin < frames);
  firstEvent = lastEvent = nullptr;
  if (frames == 0) return;
  rendered = true;

  for (int q = 0; q < used; q++)
    if (quads[q].cursor != 0) endBlock(context, quads[q]);
  while (used > 0 && quads[used - 1].active == 0) used--;
  addSums(sums, busLeft, busRight, frames);
  addResiduals(busLeft, busRight, frames);
}

bool Program::hasNote(uint32_t noteId) const {
  if (isHeld(noteId)) return true;
  for (int i = 0; kit && i < kit->count; i++)
    if (kit->pads[i].program->hasNote(noteId)) return true;
  for (int q = 0; q < quadCount; q++)
    for (int lane = 0; lane < kLanes; lane++)
      if ((quads[q].active & (1u << lane)) && quads[q].noteId[lane] == noteId) return true;
  for (const ProgramEvent* e = firstEvent; e; e = e->next)
    if (e->command.type == Event::noteOn && e->command.noteOn.noteId == noteId) return true;
  return false;
}

bool Program::silent() const {
  for (int i = 0; kit && i < kit->count; i++)
    if (!kit->pads[i].program->silent()) return false;
  for (int q = 0; q < used; q++)
    if (quads[q].active) return false;
  return residualCount == 0 && firstEvent == nullptr;
}

bool Program::hasKey(float note) const { return !kit || kit->padAt(note); }

int Program::heldVoices() const {
  int n = 0;
  for (int q = 0; q < used; q++) n += __builtin_popcount(quads[q].active & ~quads[q].fading);
  return n;
}

float Program::loadNs() const {
  float ns = (float)activeQuads() * voiceNs;
  for (int i = 0; kit && i < kit->count; i++) ns += kit->pads[i].program->loadNs();
  return ns;
}

float Program::paramTarget(int param) const {
  if (!kit) return params[param].target;
  const Pad& from = kit->padOfParam((uint32_t)param);
  if ((uint32_t)param >= from.ownParam()) return from.target((uint32_t)param - from.ownParam());
  return from.program->params[(uint32_t)param - from.firstParam].target;
}

float Program::paramInitial(int param) const {
  if (!kit) return initial[param];
  const Pad& from = kit->padOfParam((uint32_t)param);
  if ((uint32_t)param >= from.ownParam()) return from.initial[(uint32_t)param - from.ownParam()];
  return from.program->initial[(uint32_t)param - from.firstParam];
}

void Program::sow(uint32_t newSeed) {
  seed = newSeed;
  for (int i = 0; kit && i < kit->count; i++) kit->pads[i].program->sow(newSeed + 0x85ebca6bu * (uint32_t)(i + 1));
}

void Program::tally(uint32_t& voices, uint32_t& groups) const {
  for (int i = 0; kit && i < kit->count; i++) kit->pads[i].program->tally(voices, groups);
  for (int q = 0; q < used; q++)
    voices += (uint32_t)__builtin_popcount(quads[q].active), groups += quads[q].active != 0;
}

int Program::activeQuads() const {
  int n = 0;
  for (int i = 0; kit && i < kit->count; i++) n += kit->pads[i].program->activeQuads();
  for (int q = 0; q < used; q++) n += quads[q].active != 0;
  return n;
}

void Program::endAll(const RenderContext& context) {
  for (int i = 0; kit && i < kit->count; i++) kit->pads[i].program->endAll(context);
  forgetHeld(context, 0);
  for (int q = 0; q < quadCount; q++)
    for (int lane = 0; lane < kLanes; lane++)
      if (quads[q].active & (1u << lane)) endLane(context, quads[q], lane, Reason::panic);
}

void Program::letDown(const RenderContext& context) {
  forgetHeld(context, 0);
  for (int q = 0; q < quadCount; q++)
    for (int lane = 0; lane < kLanes; lane++) fade(context, quads[q], lane, 0, Reason::panic);
}

void Program::handOver(Program& heir, const RenderContext& context) {
  for (int i = 0; kit && i < kit->count; i++) kit->pads[i].program->handOver(heir, context);
  for (int q = 0; q < quadCount; q++) {
    for (int lane = 0; lane < kLanes; lane++) {
      if (!(quads[q].active & (1u << lane))) continue;
      if (!(quads[q].fresh & (1u << lane))) {
        const float left = quads[q].lastLeft[lane] * outGain(0), right = quads[q].lastRight[lane] * outGain(1);
        const int frames = (int)(kCutSeconds * sampleRate);
        if (heir.residualCount < kMaxResiduals)
          heir.residuals[heir.residualCount++] = {left, right, frames, 0};
        else
          heir.residuals[kMaxResiduals - 1].left += left, heir.residuals[kMaxResiduals - 1].right += right;
      }
    }
  }
  endAll(context);
}

void Program::clear(uint32_t newSeed) {
  shifts.clear();
  sow(newSeed);
  for (int i = 0; kit && i < kit->count; i++) {
    kit->pads[i].snap();
    kit->pads[i].program->clear(kit->pads[i].program->seed);
  }
  noteCounter = 0;
  heldCount = 0;
  hasLastNote = false;
  residualCount = 0;
  earlyOffAt = 0;
  for (EarlyOff& early : earlyOff) early = {};
  firstEvent = lastEvent = nullptr;
  rendered = false;
  for (int p = 0; !kit && p < paramCount; p++) params[p].snap(params[p].target), ramps[p].changed = true;
  paramsStill = playingStill = told = false;
  used = 0;
  wheel.snap(wheel.target), pressure.snap(pressure.target), bend.snap(bend.target), timbre.snap(timbre.target);
  for (int q = 0; q < quadCount; q++) {
    Quad& quad = quads[q];
    f32x4* rowEnd = quad.rowEnd;
    uint8_t* rowMoved = quad.rowMoved;
    uint8_t* state = quad.state;
    std::memset((void*)&quad, 0, sizeof(Quad));
    quad.rowEnd = rowEnd, quad.rowMoved = rowMoved, quad.state = state;
    std::memset(rowEnd, 0, sizeof(f32x4) * rowCount);
    std::memset(rowMoved, 0, rowCount);
    std::memset(state, 0, stateBytes);
  }
}

void Program::take(const Controls& controls) {
  for (int i = 0; kit && i < kit->count; i++) kit->pads[i].program->take(controls);
  wheel.snap(controls.wheel), pressure.snap(controls.pressure), bend.snap(controls.bend), timbre.snap(controls.timbre);
  playingStill = false;
  bendSemitones = controls.bendRange;
  sustain = controls.sustain;
}

void Program::restore() {
  for (int i = 0; kit && i < kit->count; i++) {
    Pad& own = kit->pads[i];
    for (uint32_t p = 0; p < PadParams::numParams; p++) own.set(p, own.initial[p], 0, false);
    own.program->restore();
  }
  for (int p = 0; !kit && p < paramCount; p++) params[p].snap(initial[p]);
  paramsStill = false;
  take({.bendRange = 2.f});
}

}  // namespace sl
