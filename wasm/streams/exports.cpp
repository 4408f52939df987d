// Streams as calls: created, fed and read by number. A private instance without an engine; analyzer worker, tests.
#include <array>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>

#include "core/heap.h"
#include "streams/registry.h"

#define EXPORT(name) extern "C" __attribute__((export_name(name)))

namespace sl {
namespace {

constexpr std::size_t kTypes = std::tuple_size_v<Streams>;

template <class T>
constexpr bool checkStreams = false;
template <class... S>
constexpr bool checkStreams<std::tuple<S...>> = (IsStream<S> && ...);
static_assert(checkStreams<Streams>);

/// What is known of a stream in spite of its type; the stream and its memory follow in the same block.
struct Held {
  void (*push)(void* stream, const float* stereo, int frames);
  bool (*ready)(const void* stream);
  void (*read)(void* stream, float* into);
  void* stream;
  float* result;
};

template <class S>
constexpr Held doorTo(void* stream, float* result) {
  return {[](void* at, const float* stereo, int frames) { static_cast<S*>(at)->push(stereo, frames); },
          [](const void* at) { return static_cast<const S*>(at)->ready(); },
          [](void* at, float* into) { static_cast<S*>(at)->read(into); }, stream, result};
}

/// Every option finite and in its range.
bool inRange(const Spec& spec, const float* options) {
  for (std::size_t i = 0; i < spec.params.size(); i++) {
    const Param& p = spec.params[i];
    const float top = p.curve == Curve::option ? (float)p.options.size() - 1.f : p.max;
    const float bottom = p.curve == Curve::option ? 0.f : p.min;
    if (!(options[i] >= bottom && options[i] <= top)) return false;
    if (p.curve == Curve::option && options[i] != (float)(int)options[i]) return false;
  }
  return true;
}

template <class S>
int resultFloats(const float* options) {
  int total = 0;
  for (int r = 0; r < (int)S::spec.readings.size(); r++) total += S::count(options, r);
  return total;
}

template <class S>
Held* make(float sampleRate, const float* options) {
  const Setup setup{.sampleRate = sampleRate};
  auto lay = [&](Arena& arena, Held*& held, S*& stream, float*& result) {
    held = arena.take<Held>(1);
    stream = arena.take<S>(1);
    result = arena.take<float>((std::size_t)resultFloats<S>(options));
  };
  Held* held;
  S* stream;
  float* result;
  Arena measure;
  lay(measure, held, stream, result);
  S probe{};
  if (!probe.prepare(setup, options, measure)) return nullptr;
  void* block = heapTake(measure.used());
  if (!block) return nullptr;
  Arena arena(block, measure.used());
  lay(arena, held, stream, result);
  new (stream) S();
  if (!stream->prepare(setup, options, arena)) {
    heapGive(block);
    return nullptr;
  }
  *held = doorTo<S>(stream, result);
  return held;
}

/// Calls f with the stream type of an index that is known to be one.
template <class F>
auto with(uint32_t index, F f) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    decltype(f(std::type_identity<std::tuple_element_t<0, Streams>>{})) out{};
    ((index == I ? (void)(out = f(std::type_identity<std::tuple_element_t<I, Streams>>{})) : void()), ...);
    return out;
  }(std::make_index_sequence<kTypes>{});
}

}  // namespace

/// Address of a stream of registry index `type`, to be given to the calls below; 0: no such type, an option out of its
/// range, or no memory.
EXPORT("stream_create") void* streamCreate(uint32_t type, float sampleRate, const float* options) {
  if (type >= kTypes || !(sampleRate >= 8000.f && sampleRate <= 384000.f)) return nullptr;
  return with(type, [&](auto s) -> Held* {
    using S = typename decltype(s)::type;
    return inRange(S::spec, options) ? make<S>(sampleRate, options) : nullptr;
  });
}

/// Floats of one reading with these options; 0: there is no such reading or an option is out of its range.
EXPORT("stream_count") int streamCount(uint32_t type, const float* options, int reading) {
  if (type >= kTypes) return 0;
  return with(type, [&](auto s) -> int {
    using S = typename decltype(s)::type;
    if (!inRange(S::spec, options) || reading < 0 || reading >= (int)S::spec.readings.size()) return 0;
    return S::count(options, reading);
  });
}

/// `stereo`: interleaved frames.
EXPORT("stream_push") void streamPush(Held* held, const float* stereo, int frames) {
  held->push(held->stream, stereo, frames);
}

/// 1: enough frames have come for a result.
EXPORT("stream_ready") int streamReady(const Held* held) { return held->ready(held->stream); }

/// Address of the result: the readings one after the other. Holds until the next call.
EXPORT("stream_read") const float* streamRead(Held* held) {
  held->read(held->stream, held->result);
  return held->result;
}

EXPORT("stream_free") void streamFree(Held* held) { heapGive(held); }

}  // namespace sl
