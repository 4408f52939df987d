// Which note gets which lane: allocation, stealing, mono and legato, pedal. Audio thread.
#include <cmath>

#include "engine/kit.h"

namespace sl {
namespace {

/// lowbias32 (Wellons 2018).
uint32_t mix(uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ (x >> 16);
}

}  // namespace

void Program::noteOn(const RenderContext& context, const Command& command, int offset) {
  const auto& on = command.noteOn;
  if (!plays()) return;
  const HeldNote note{on.noteId, on.note, on.velocity};
  if (mode == VoiceMode::poly)
    strike(context, note, offset);
  else
    monoOn(context, command, offset);
  // Its note-off may have come first: at one frame note-offs go before note-ons.
  for (EarlyOff& early : earlyOff) {
    if (early.noteId != on.noteId || early.frame != context.frame + offset) continue;
    early.noteId = 0;
    Command off = command;
    off.flags = 0;
    off.noteOff = {.noteId = on.noteId};
    noteOff(context, off, offset);
  }
}

void Program::noteOff(const RenderContext& context, const Command& command, int offset) {
  const bool byNote = command.flags & kByNote;
  const float velocity = command.noteOff.velocity;
  const float lift = velocity > 0.f ? std::fmin(velocity, 1.f) : 0.f;  // NaN is none
  if (mode != VoiceMode::poly) {
    uint32_t id = command.noteOff.noteId;
    for (int i = 0; byNote && i < heldCount; i++)
      if (held[i].note == command.noteOff.note) id = held[i].noteId;
    if (monoOff(context, id, lift, offset)) return;
  }
  bool found = false;
  for (int q = 0; q < quadCount; q++) {
    Quad& quad = quads[q];
    for (int lane = 0; lane < kLanes; lane++) {
      const uint32_t bit = 1u << lane;
      if (!(quad.gate & bit) || (quad.fading & bit)) continue;
      if (byNote ? quad.note[lane] != command.noteOff.note : quad.noteId[lane] != command.noteOff.noteId) continue;
      found = true;
      release(context, quad, lane, lift, offset);
    }
  }
  if (!found && !byNote) {
    earlyOff[earlyOffAt] = {command.noteOff.noteId, context.frame + offset};
    earlyOffAt = (earlyOffAt + 1) & 7;
  }
}

void Program::release(const RenderContext& context, Quad& quad, int lane, float lift, int offset) {
  if (lift != quad.lift[lane]) {
    advance(context, quad, offset);
    quad.lift[lane] = lift;
  }
  if (sustain)
    quad.sustained |= 1u << lane;
  else
    letGo(context, quad, lane, offset);
}

void Program::letGo(const RenderContext& context, Quad& quad, int lane, int offset) {
  const uint32_t bit = 1u << lane;
  advance(context, quad, offset);
  quad.gate &= ~bit;
  quad.sustained &= ~bit;
  quad.releasing |= bit;
  quad.releaseFrame[lane] = context.frame + offset;
  if (!endsVoices) {  // nothing in the plan closes it
    quad.fading |= bit;
    quad.fadeLeft[lane] = kStealFadeSeconds * sampleRate;
  }
}

void Program::pedal(const RenderContext& context, bool down, int offset) {
  sustain = down;
  if (down) return;
  for (int q = 0; q < quadCount; q++)
    for (int lane = 0; lane < kLanes; lane++)
      if (quads[q].sustained & quads[q].gate & (1u << lane)) letGo(context, quads[q], lane, offset);
}

void Program::strike(const RenderContext& context, const HeldNote& note, int offset) {
  int q = 0, lane = 0;
  if (!takeLane(context, offset, q, lane)) return;
  Quad& quad = quads[q];
  const uint32_t bit = 1u << lane;
  while (used <= q) quads[used++].cursor = 0;
  if (quad.active == 0) {
    quad.gate = quad.sustained = quad.fading = quad.fresh = quad.releasing = 0;
    quad.governor = context.level;
    quad.cursor = offset;
  } else {
    advance(context, quad, offset);
  }
  quad.active |= bit;
  quad.gate |= bit;
  quad.fresh |= bit;
  quad.fading &= ~bit;
  quad.sustained &= ~bit;
  quad.releasing &= ~bit;
  quad.spoken &= ~bit;
  const float played = pad ? note.note + pad->transpose() : note.note;
  const uint32_t noteSeed = mix(mix(seed + 0x9e3779b9u * ++noteCounter));
  quad.seed[lane] = noteSeed;
  quad.random[lane] = (float)(int32_t)mix(noteSeed ^ 0x5bd1e995u) * (1.f / 2147483648.f);
  quad.velocity[lane] = note.velocity;
  quad.key[lane] = (played - 60.f) / 12.f;
  quad.lift[lane] = 0.f;
  quad.expression.set(lane, note.expression, true);
  quad.noteId[lane] = note.noteId;
  quad.note[lane] = note.note;
  quad.startFrame[lane] = context.frame + offset;
  quad.releaseFrame[lane] = 0;
  quad.silentBlocks[lane] = 0;
  quad.level[lane] = quad.loudness[lane] = 1.f;  // unknown yet: not the quietest
  quad.glideGoal[lane] = played;
  const bool glides = glideSeconds > 0.f && hasLastNote;
  quad.glide[lane] = glides ? lastNote : played;
  quad.glideLeft[lane] = glides ? glideSeconds * sampleRate : 0.f;
  lastNote = played;
  hasLastNote = true;
}

void Program::stealOne(const RenderContext& context, int offset) {
  Victim victim;
  if (!chooseVictim(context.frame + offset, victim, governed(context.level).silencesQuietest)) return;
  fade(context, quads[victim.quad], victim.lane, offset, Reason::stolen);
  context.stolen(context.engine);
}

int Program::allowed(int level) const { return shareOf(governed(level).voices, voices); }

void Program::trim(const RenderContext& context, int offset) {
  for (int excess = heldVoices() - allowed(context.level); excess > 0; excess--) stealOne(context, offset);
}

bool Program::takeLane(const RenderContext& context, int offset, int& quad, int& lane) {
  // Two for one while a lowered polyphony is exceeded: it is reached note by note.
  const int most = allowed(context.level), excess = heldVoices() - most + 1, atOnce = most < voices ? 2 : 1;
  for (int victims = excess < atOnce ? excess : atOnce; victims > 0; victims--) stealOne(context, offset);
  // Fill groups that run already at the present level, then wake one, then take any.
  for (int pass = 0; pass < 3; pass++) {
    for (int q = 0; q < quadCount; q++) {
      const uint32_t open = ~quads[q].active & 0xf;
      const bool runs = quads[q].active != 0, alike = quads[q].governor == context.level;
      if (open == 0 || (pass == 0 ? !runs || !alike : pass == 1 && runs)) continue;
      quad = q, lane = __builtin_ctz(open);
      return true;
    }
  }
  // Even the spare groups are full of fading voices: cut the one that is nearest its end.
  float least = 1e30f;
  for (int q = 0; q < quadCount; q++)
    for (int l = 0; l < kLanes; l++)
      if ((quads[q].fading & (1u << l)) && quads[q].fadeLeft[l] < least)
        least = quads[q].fadeLeft[l], quad = q, lane = l;
  if (least == 1e30f) return false;
  advance(context, quads[quad], offset);
  if (!(quads[quad].active & (1u << lane))) return true;  // it ended meanwhile
  cut(quads[quad], lane, offset);
  endLane(context, quads[quad], lane, Reason::stolen);
  return true;
}

bool Program::Victim::before(const Victim& other) const {
  if (young != other.young) return other.young;
  if (released != other.released) return released;
  if ((released || quietest) && level != other.level) return level < other.level;
  return since < other.since;
}

/// Young ones only when all are young.
bool Program::chooseVictim(int64_t now, Victim& victim, bool quietest) const {
  const int64_t young = (int64_t)(kYoungSeconds * sampleRate);
  bool found = false;
  for (int q = 0; q < quadCount; q++) {
    const Quad& candidate = quads[q];
    for (int l = 0; l < kLanes; l++) {
      const uint32_t bit = 1u << l;
      if (!(candidate.active & bit) || (candidate.fading & bit)) continue;
      const bool released = !(candidate.gate & bit);
      const Victim one{.quad = q,
                       .lane = l,
                       .young = now - candidate.startFrame[l] < young,
                       .released = released,
                       .quietest = quietest,
                       .level = quietest ? candidate.loudness[l] : candidate.level[l],
                       .since = released ? candidate.releaseFrame[l] : candidate.startFrame[l]};
      if (found && !one.before(victim)) continue;
      victim = one;
      found = true;
    }
  }
  return found;
}

void Program::fade(const RenderContext& context, Quad& quad, int lane, int offset, Reason reason) {
  const uint32_t bit = 1u << lane;
  if (!(quad.active & bit) || (quad.fading & bit)) return;
  advance(context, quad, offset);
  if (!(quad.active & bit)) return;
  if (quad.fresh & bit) {  // never rendered: nothing to fade
    endLane(context, quad, lane, reason);
    return;
  }
  quad.fading |= bit;
  quad.fadeLeft[lane] = kStealFadeSeconds * sampleRate;
  if (quad.noteId[lane] != 0)
    context.reply(context.engine, ReplyType::noteEnd, reason, context.strip, context.frame + offset, quad.noteId[lane]);
  quad.noteId[lane] = 0;
}

void Program::cut(Quad& quad, int lane, int offset) {
  const float left = quad.lastLeft[lane] * outGain(0), right = quad.lastRight[lane] * outGain(1);
  if (residualCount < kMaxResiduals) {
    residuals[residualCount++] = {left, right, (int)(kCutSeconds * sampleRate), offset};
  } else {
    Residual& last = residuals[kMaxResiduals - 1];
    last = {last.left + left, last.right + right, (int)(kCutSeconds * sampleRate), offset};
  }
}

void Program::endLane(const RenderContext& context, Quad& quad, int lane, Reason reason) {
  const uint32_t bit = ~(1u << lane);
  quad.active &= bit;
  quad.gate &= bit;
  quad.sustained &= bit;
  quad.fading &= bit;
  quad.fresh &= bit;
  quad.releasing &= bit;
  quad.silentBlocks[lane] = 0;
  quad.expression.set(lane, {}, true);
  if (quad.noteId[lane] != 0)
    context.reply(context.engine, ReplyType::noteEnd, reason, context.strip, context.frame, quad.noteId[lane]);
  quad.noteId[lane] = 0;
}

void Program::monoOn(const RenderContext& context, const Command& command, int offset) {
  const HeldNote note{command.noteOn.noteId, command.noteOn.note, command.noteOn.velocity};
  const bool overlapping = heldCount > 0;
  if (heldCount == kMaxHeld) {  // more keys than anybody has fingers: the oldest is forgotten
    context.reply(context.engine, ReplyType::noteEnd, Reason::stolen, context.strip, context.frame + offset,
                  held[0].noteId);
    for (int i = 1; i < kMaxHeld; i++) held[i - 1] = held[i];
    heldCount--;
  }
  held[heldCount++] = note;
  for (int q = 0; q < quadCount; q++) {
    for (int lane = 0; lane < kLanes; lane++) {
      const uint32_t bit = 1u << lane;
      if (!(quads[q].active & bit) || (quads[q].fading & bit)) continue;
      if (mode == VoiceMode::legato && overlapping && (quads[q].gate & bit)) {
        bendTo(context, quads[q], lane, note, offset);
        return;
      }
      // A key that is still held may come back, so its note is not over.
      if (isHeld(quads[q].noteId[lane])) quads[q].noteId[lane] = 0;
      fade(context, quads[q], lane, offset, Reason::stolen);
    }
  }
  strike(context, note, offset);
}

/// True when the note was one of the held ones.
bool Program::monoOff(const RenderContext& context, uint32_t noteId, float lift, int offset) {
  int at = -1;
  for (int i = 0; i < heldCount; i++)
    if (held[i].noteId == noteId) at = i;
  if (at < 0) return false;
  for (int i = at + 1; i < heldCount; i++) held[i - 1] = held[i];
  heldCount--;
  auto over = [&] {
    context.reply(context.engine, ReplyType::noteEnd, Reason::ended, context.strip, context.frame + offset, noteId);
  };
  for (int q = 0; q < quadCount; q++) {
    Quad& quad = quads[q];
    for (int lane = 0; lane < kLanes; lane++) {
      const uint32_t bit = 1u << lane;
      if (!(quad.gate & bit) || (quad.fading & bit) || quad.noteId[lane] != noteId) continue;
      if (heldCount == 0) {
        release(context, quad, lane, lift, offset);
      } else if (mode == VoiceMode::legato) {
        bendTo(context, quad, lane, held[heldCount - 1], offset);
        over();
      } else {
        fade(context, quad, lane, offset, Reason::ended);
        strike(context, held[heldCount - 1], offset);
      }
      return true;
    }
  }
  over();
  return true;
}

bool Program::isHeld(uint32_t noteId) const {
  for (int i = 0; i < heldCount; i++)
    if (held[i].noteId == noteId) return true;
  return false;
}

/// Panic: held keys that do not sound now are over as well.
void Program::forgetHeld(const RenderContext& context, int offset) {
  for (int q = 0; q < quadCount; q++)
    for (int lane = 0; lane < kLanes; lane++)
      for (int i = 0; i < heldCount; i++)
        if ((quads[q].active & (1u << lane)) && held[i].noteId == quads[q].noteId[lane]) held[i].noteId = 0;
  for (int i = 0; i < heldCount; i++)
    if (held[i].noteId != 0)
      context.reply(context.engine, ReplyType::noteEnd, Reason::panic, context.strip, context.frame + offset,
                    held[i].noteId);
  heldCount = 0;
}

void Program::bendTo(const RenderContext& context, Quad& quad, int lane, const HeldNote& note, int offset) {
  advance(context, quad, offset);
  quad.glideGoal[lane] = note.note;
  quad.glideLeft[lane] = glideSeconds * sampleRate;
  if (glideSeconds <= 0.f) quad.glide[lane] = note.note;
  quad.key[lane] = (note.note - 60.f) / 12.f;
  quad.note[lane] = note.note;
  quad.noteId[lane] = note.noteId;
  quad.expression.set(lane, note.expression, false);
  quad.sustained &= ~(1u << lane);
  for (int r = 0; r < rowCount; r++) quad.rowMoved[r] = 1;  // the key is another: what follows it is reckoned anew
  quad.scaled = false;
  lastNote = note.note;
}

}  // namespace sl
