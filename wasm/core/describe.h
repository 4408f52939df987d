// The module describes itself: JSON text over the constexpr tables, written into the caller's buffer. Never on the
// audio thread.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "core/param.h"
#include "core/record.h"
#include "core/spec.h"

namespace sl {

/// Small beats fast here: inlined, every table entry would become code.
#define SL_SMALL [[gnu::noinline, clang::minsize]]

/// JSON into a fixed buffer, without allocation. Numbers: integers as they are; floats as `{"f32":bits}`, so that the
/// reader prints the exact value in its shortest form. Text in tables is plain ASCII or UTF-8 without control
/// characters.
class JsonWriter {
 public:
  JsonWriter(char* at, std::size_t capacity) : begin_(at), at_(at), end_(at + capacity) {}

  SL_SMALL void open(char bracket) {
    separate();
    put(bracket);
    first_ = true;
  }
  SL_SMALL void close(char bracket) {
    put(bracket);
    first_ = false;
  }
  SL_SMALL void key(std::string_view name) {
    string(name);
    put(':');
    first_ = true;
  }
  SL_SMALL void string(std::string_view text) {
    separate();
    put('"');
    for (char c : text) {
      if (c == '"' || c == '\\') put('\\');
      put(c);
    }
    put('"');
  }
  SL_SMALL void integer(int64_t value) {
    separate();
    char digits[20];
    int n = 0;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do digits[n++] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) put('-');
    while (n > 0) put(digits[--n]);
  }
  SL_SMALL void number(float value) {
    open('{');
    key("f32");
    integer(std::bit_cast<uint32_t>(value));
    close('}');
  }
  SL_SMALL void boolean(bool value) {
    separate();
    raw(value ? "true" : "false");
  }

  SL_SMALL void field(std::string_view name, std::string_view value) { key(name), string(value); }
  SL_SMALL void field(std::string_view name, const char* value) { key(name), string(value); }
  SL_SMALL void field(std::string_view name, float value) { key(name), number(value); }
  SL_SMALL void field(std::string_view name, bool value) { key(name), boolean(value); }
  template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
  SL_SMALL void field(std::string_view name, T value) {
    key(name), integer((int64_t)value);
  }

  /// Bytes written, or -1 when the buffer was too small.
  int length() const { return overflow_ ? -1 : (int)(at_ - begin_); }

 private:
  void separate() {
    if (!first_) put(',');
    first_ = false;
  }
  void raw(std::string_view text) {
    for (char c : text) put(c);
  }
  SL_SMALL void put(char c) {
    if (at_ < end_)
      *at_++ = c;
    else
      overflow_ = true;
  }
  char* begin_;
  char* at_;
  char* end_;
  bool first_ = true;
  bool overflow_ = false;
};

inline constexpr std::array kUnitNames = {"none",  "hertz",     "seconds", "decibels", "fraction",  "ratio",
                                          "cents", "semitones", "octaves", "degrees",  "perSecond", "count"};
inline constexpr std::array kCurveNames = {"linear", "log", "option", "toggle"};
inline constexpr std::array kSmoothNames = {"none", "ramp", "fade"};
static_assert(kUnitNames.size() == (std::size_t)Unit::count + 1);
static_assert(kCurveNames.size() == (std::size_t)Curve::toggle + 1);
static_assert(kSmoothNames.size() == (std::size_t)Smooth::fade + 1);

SL_SMALL inline void describe(JsonWriter& json, const Param& param) {
  json.open('{');
  json.field("id", param.id);
  json.field("label", param.label);
  json.field("doc", param.doc);
  json.field("unit", kUnitNames[(std::size_t)param.unit]);
  json.field("min", param.min);
  json.field("max", param.max);
  json.field("init", param.init);
  json.field("curve", kCurveNames[(std::size_t)param.curve]);
  json.field("smooth", kSmoothNames[(std::size_t)param.smooth]);
  json.field("group", param.group);
  json.key("options");
  json.open('[');
  for (const Option& option : param.options) {
    json.open('{');
    json.field("id", option.id);
    json.field("label", option.label);
    json.close('}');
  }
  json.close(']');
  json.close('}');
}

SL_SMALL inline void describe(JsonWriter& json, std::string_view name, std::span<const Port> ports) {
  json.key(name);
  json.open('[');
  for (const Port& port : ports) {
    json.open('{');
    json.field("id", port.id);
    json.field("doc", port.doc);
    json.close('}');
  }
  json.close(']');
}

SL_SMALL inline void describe(JsonWriter& json, const Spec& spec) {
  json.open('{');
  json.field("id", spec.id);
  json.field("label", spec.label);
  json.field("doc", spec.doc);
  json.field("category", spec.category);
  json.field("version", spec.version);
  json.field("table", spec.table);
  json.field("asset", kAssetNames[(std::size_t)spec.asset]);
  json.field("sidechain", spec.sidechain);
  json.field("costNs", spec.costNs);
  describe(json, "inputs", spec.inputs);
  describe(json, "outputs", spec.outputs);
  json.key("params");
  json.open('[');
  for (const Param& param : spec.params) describe(json, param);
  json.close(']');
  json.key("readings");
  json.open('[');
  for (const Reading& reading : spec.readings) {
    json.open('{');
    json.field("id", reading.id);
    json.field("label", reading.label);
    json.field("doc", reading.doc);
    json.field("unit", kUnitNames[(std::size_t)reading.unit]);
    json.close('}');
  }
  json.close(']');
  json.close('}');
}

SL_SMALL inline void describe(JsonWriter& json, const Record& record) {
  json.open('{');
  json.field("id", record.id);
  json.field("doc", record.doc);
  json.field("bytes", record.bytes);
  json.key("fields");
  json.open('[');
  for (const Field& field : record.fields) {
    json.open('{');
    json.field("id", field.id);
    json.field("doc", field.doc);
    json.field("type", field.type);
    json.field("offset", field.offset);
    json.field("count", field.count);
    json.close('}');
  }
  json.close(']');
  json.close('}');
}

template <class Entry>
SL_SMALL void describeNumber(JsonWriter& json, const Entry& entry) {
  json.open('{');
  json.field("id", entry.id);
  json.field("doc", entry.doc);
  json.field("value", entry.value);
  json.close('}');
}

inline void describe(JsonWriter& json, const Constant& constant) { describeNumber(json, constant); }

SL_SMALL inline void describe(JsonWriter& json, const EnumTable& table) {
  json.open('{');
  json.field("id", table.id);
  json.field("doc", table.doc);
  json.key("values");
  json.open('[');
  for (const EnumValue& value : table.values) describeNumber(json, value);
  json.close(']');
  json.close('}');
}

template <class List>
SL_SMALL void describeList(JsonWriter& json, std::string_view name, const List& list) {
  json.key(name);
  json.open('[');
  for (const auto& entry : list) describe(json, entry);
  json.close(']');
}

SL_SMALL inline void describeNames(JsonWriter& json, std::string_view name, std::span<const char* const> names) {
  json.key(name);
  json.open('[');
  for (const char* entry : names) json.string(entry);
  json.close(']');
}

/// One registry: `"name": [spec, spec, ...]` in registry order.
template <class... Members>
void describe(JsonWriter& json, std::string_view name, std::tuple<Members...>*) {
  json.key(name);
  json.open('[');
  (describe(json, Members::spec), ...);
  json.close(']');
}

}  // namespace sl
