// How a record that crosses threads describes itself: names, offsets and types of its fields. Compile time only.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace sl {

struct Field {
  std::string_view id;
  std::string_view doc;
  std::string_view type;  ///< u8 i8 u16 i16 u32 i32 u64 i64 f32 f64
  std::size_t offset = 0;
  std::size_t count = 1;  ///< Elements of an array field.
};

struct Record {
  std::string_view id;
  std::string_view doc;
  std::size_t bytes = 0;
  std::span<const Field> fields{};
};

struct EnumValue {
  std::string_view id;
  std::string_view doc;
  int64_t value = 0;
};

struct EnumTable {
  std::string_view id;
  std::string_view doc;
  std::span<const EnumValue> values{};
};

/// A number that both sides must agree on: a limit, a size, an address in the memory map.
struct Constant {
  std::string_view id;
  std::string_view doc;
  int64_t value = 0;
};

/// The `Field::type` of a C++ type (an enum counts as its underlying type, an atomic or array is given by its element).
template <class T>
consteval std::string_view fieldType() {
  if constexpr (std::is_enum_v<T>) {
    return fieldType<std::underlying_type_t<T>>();
  } else if constexpr (std::is_same_v<T, float>) {
    return "f32";
  } else if constexpr (std::is_same_v<T, double>) {
    return "f64";
  } else {
    static_assert(std::is_integral_v<T>);
    constexpr std::string_view names[2][4] = {{"u8", "u16", "u32", "u64"}, {"i8", "i16", "i32", "i64"}};
    return names[std::is_signed_v<T>][sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3];
  }
}

/// `SL_FIELD(NoteOn, velocity, "0..1")` as one entry of a record's field table.
#define SL_FIELD(record, member, text)                                                                               \
  ::sl::Field {                                                                                                      \
    #member, text, ::sl::fieldType<std::remove_all_extents_t<decltype(record::member)>>(), offsetof(record, member), \
        sizeof(record::member) / sizeof(std::remove_all_extents_t<decltype(record::member)>)                         \
  }

}  // namespace sl
