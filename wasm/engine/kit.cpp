// Deals the notes of a kit to its pads and renders those that sound. Audio thread.
#include "engine/kit.h"

#include <cmath>

namespace sl {

bool Pad::concerns(const ProgramEvent& event) const {
  switch (event.command.type) {
    case Event::setParam:
      return event.command.param.param >= firstParam &&
             event.command.param.param < ownParam() + (uint32_t)PadParams::numParams;
    case Event::noteOn:
      return event.pad == index || event.gives == index || (choke != 0 && event.choke == choke);
    case Event::noteOff:
      return !oneShot;
    default:
      return true;
  }
}

void Pad::set(uint32_t own, float value, int lead, bool heard) {
  if (own == PadParams::tune) {
    tune = value;
  } else if (own == PadParams::level) {
    if (!heard)
      level.snap(value);
    else if (lead > 0)
      level.db.follow(value, lead);
    else
      level.db.set(value);
  } else if (!heard) {
    pan.snap(value);
    balanceAt(value, balance);
  } else if (lead > 0) {
    pan.follow(value, lead);
  } else {
    pan.set(value);
  }
}

void Pad::snap() {
  level.snap(level.db.target);
  pan.snap(pan.target);
  balanceAt(pan.value, balance);
}

void Pad::advance(int frames, const Decay& decay, Span& left, Span& right) {
  left.from = gain(0), right.from = gain(1);
  level.advance(frames, decay);
  if (pan.advance(frames, decay).moving) balanceAt(pan.value, balance);
  left.to = gain(0), right.to = gain(1);
}

Pad* Kit::padAt(float note) const {
  const float key = std::floor(note + 0.5f);
  if (!(key >= 0.f && key < (float)kKeys)) return nullptr;
  const int index = padOf[(int)key];
  return index < count ? &pads[index] : nullptr;
}

const Pad& Kit::padOfParam(uint32_t param) const {
  int at = 0;
  while (at + 1 < count && pads[at + 1].firstParam <= param) at++;
  return pads[at];
}

int Kit::choose(int64_t now) const {
  int best = -1;
  Program::Victim least{};
  for (int i = 0; i < count; i++) {
    Program::Victim victim;
    if (pads[i].sounding <= 0 || !pads[i].program->chooseVictim(now, victim)) continue;
    if (best < 0 || victim.before(least)) best = i, least = victim;
  }
  return best;
}

void Kit::strike(ProgramEvent& event, int64_t frame) {
  Pad* pad = padAt(event.command.noteOn.note);
  if (!pad) return;
  event.choke = pad->choke;
  if (event.elsewhere) return;
  pad->wanted = true;
  event.pad = pad->index;
  int all = 0;
  for (int i = 0; i < count; i++) {
    if (pad->choke != 0 && pads[i].choke == pad->choke && i != pad->index) pads[i].sounding = 0;
    all += pads[i].sounding;
  }
  if (pad->sounding >= pad->program->voices) return;  // it steals from itself
  if (all >= voices) {
    event.gives = choose(frame + event.offset);
    if (event.gives >= 0) pads[event.gives].sounding--;
  }
  pad->sounding++;
}

void Kit::deal(ProgramEvent* first, int64_t frame) {
  for (int i = 0; i < count; i++) {
    pads[i].wanted = false;
    pads[i].sounding = first ? pads[i].program->heldVoices() : 0;
  }
  for (ProgramEvent* event = first; event; event = event->next) {
    switch (event->command.type) {
      case Event::noteOn:
        strike(*event, frame);
        break;
      case Event::noteOff:
      case Event::express:
        break;  // only pads that sound are told
      case Event::setParam:
        pads[padOfParam(event->command.param.param).index].wanted = true;
        break;
      default:
        for (int i = 0; i < count; i++) pads[i].wanted = true;
        break;
    }
  }
}

void Kit::render(Program& program, const RenderContext& context, float* busLeft, float* busRight, int frames) {
  ProgramEvent* first = program.firstEvent;
  deal(first, context.frame);
  for (int i = 0; i < count; i++) {
    Program& own = *pads[i].program;
    if (!pads[i].wanted && own.silent()) continue;
    own.firstEvent = first;
    own.render(context, busLeft, busRight, frames);
  }
  program.firstEvent = program.lastEvent = nullptr;
}

/// A note of the kit: this pad's own, one that stops it, or one that needs a voice of it.
void Program::struck(const RenderContext& context, const ProgramEvent& event) {
  if (event.pad == pad->index) return noteOn(context, event.command, event.offset);
  if (pad->choke != 0 && event.choke == pad->choke) {
    for (int q = 0; q < quadCount; q++)
      for (int lane = 0; lane < kLanes; lane++) fade(context, quads[q], lane, event.offset, Reason::choked);
  } else if (event.gives == pad->index) {
    stealOne(context, event.offset);
  }
}

}  // namespace sl
