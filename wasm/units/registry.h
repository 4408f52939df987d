// Every unit generator of the engine: one line each. The order gives the numeric index of this build; ids are what is
// saved.
#pragma once
#include <tuple>

namespace sl {

using Units = std::tuple<>;

}  // namespace sl
