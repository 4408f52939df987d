// Every record, enumeration and constant that TypeScript shares with the engine: one line each.
#pragma once
#include <array>

#include "core/record.h"

namespace sl {

inline constexpr std::array<Record, 0> kRecords{};
inline constexpr std::array<EnumTable, 0> kEnums{};
inline constexpr std::array<Constant, 0> kConstants{};

}  // namespace sl
